import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Summary } from '../../server/model.ts';
import { begin, ended, log, preview, upload, words } from '../helpers/imports.ts';
import type { TestService } from '../helpers/service.ts';

/** How trial runs and imports go on beside one another, and how they are called off. */
export function jobsInLine(service: () => TestService, dataDirectory: () => string): void {
  const total = async () => (await service().get<Summary>('/api/summary')).total;

  describe('jobs', () => {
    const large = async (rows: number, from: number) => {
      const sent = await upload(service().app, `large ${from}.csv`, log(rows, from));
      const { proposal } = await preview(service().app, sent.upload);
      return { upload: sent.upload, profile: { ...Object(proposal.profile), source: 'Large' }, words };
    };

    /** Asks for the service's health again and again, until stopped; gives how long each answer took. */
    function askHealth() {
      let going = true;
      const times: number[] = [];
      const asking = (async () => {
        while (going) {
          const begun = performance.now();
          expect((await service().app.inject('/api/health')).statusCode).toBe(200);
          times.push(performance.now() - begun);
          await sleep(20);
        }
      })();
      return {
        async stop() {
          going = false;
          await asking;
          return times;
        },
      };
    }

    it('of imports are called off, and nothing is stored', async () => {
      const before = await total();
      const { imports } = await service().get<{ imports: unknown[] }>('/api/imports');
      const job = await begin(service().app, 'imports', await large(30_000, 10_000));
      while ((await service().app.inject(`/api/jobs/${job.job}`)).json().rowsRead === 0) await sleep(5);
      const called = await service().app.inject({ method: 'DELETE', url: `/api/jobs/${job.job}` });
      expect(called.statusCode).toBe(200);
      // a busy database may take longer to undo what was written than the answer waits
      expect(await ended(service().app, job)).toMatchObject({
        state: 'failed',
        error: 'This was called off; nothing was stored.',
      });
      await service().caughtUp();
      expect(await total()).toBe(before);
      expect((await service().get<{ imports: unknown[] }>('/api/imports')).imports).toHaveLength(imports.length);
      expect(readdirSync(join(dataDirectory(), 'reports')).filter((name) => name.startsWith('unfinished'))).toEqual([]);
    });

    it('of imports wait in line, tell how far they are, and leave the service quick', async () => {
      const before = await total();
      const delay = monitorEventLoopDelay({ resolution: 5 });
      const [first, second] = [await large(20_000, 100_000), await large(3_000, 200_000)];
      delay.enable();
      const jobs = [await begin(service().app, 'imports', first), await begin(service().app, 'imports', second)];
      const seen: number[] = [];
      const answers = askHealth();
      const one = await ended(service().app, jobs[0]!, ({ rowsRead }) => {
        seen.push(rowsRead);
      });
      const two = await ended(service().app, jobs[1]!);
      delay.disable();
      const times = await answers.stop();
      expect(one.import?.added).toBe(20_000);
      expect(two.import?.added).toBe(3_000);
      expect(two.import!.id).toBeGreaterThan(one.import!.id);
      expect(await total()).toBe(before + 23_000);
      expect(seen.some((rows) => rows > 0 && rows < 20_000)).toBe(true);
      // the work takes seconds; held by it the loop would stand still for most of them
      expect(delay.percentile(99) / 1e6).toBeLessThan(250);
      expect(times.length).toBeGreaterThan(10);
      expect(times.sort((a, b) => a - b)[times.length >> 1]).toBeLessThan(100);
    });

    it('of trial runs give way to the next of the same file', async () => {
      const request = await large(30_000, 300_000);
      const former = await begin(service().app, 'trials', request);
      const next = await begin(service().app, 'trials', request);
      expect(await ended(service().app, former)).toMatchObject({ state: 'failed', trial: null });
      const done = await ended(service().app, next);
      expect(done.trial).toMatchObject({ rowsRead: 30_000, accepted: 30_000 });
      expect(done.trial?.points.length).toBeGreaterThan(1_000);
      expect(done.trial?.points.length).toBeLessThanOrEqual(2_000);
    });

    it('that nobody began are not found', async () => {
      for (const method of ['GET', 'DELETE'] as const) {
        expect((await service().app.inject({ method, url: '/api/jobs/none' })).statusCode).toBe(404);
      }
    });
  });
}
