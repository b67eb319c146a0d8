import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { errorSchema } from '../../server/model.ts';
import { log, run, upload } from '../helpers/imports.ts';
import type { TestService } from '../helpers/service.ts';

/** What files, names and requests are refused, and how. */
export function refusedUploads(service: () => TestService, dataDirectory: () => string): void {
  describe('a file that cannot be taken', () => {
    it.each([
      ['empty.csv', '', 'empty'],
      ['header-only.csv', 'Ref,When\n', 'header but no rows'],
      ['photo.csv', '\x89PNG\r\n\x1a\n', 'PNG image'],
      ['page.csv', '<!doctype html><html></html>', 'web page'],
    ])('%s is refused in words', async (name, content, words) => {
      const response = await service().app.inject({
        method: 'POST',
        url: `/api/uploads?name=${name}`,
        headers: { 'content-type': 'application/octet-stream' },
        payload: Buffer.from(content, 'latin1'),
      });
      expect(response.statusCode).toBe(400);
      expect(errorSchema.parse(response.json()).error.message).toContain(words);
      expect(kept()).toEqual([]);
    });

    it('is too long, told by its length alone', async () => {
      const response = await service().app.inject({
        method: 'POST',
        url: '/api/uploads?name=long.csv',
        headers: { 'content-type': 'application/octet-stream', 'content-length': String(2 * 1024 ** 3 + 1) },
        payload: Readable.from([Buffer.from('a')]),
      });
      expect(response.statusCode).toBe(413);
      expect(errorSchema.parse(response.json()).error.message).toContain('longer than 2 GiB');
    });

    it('lacks the columns of its profile, and the job says which', async () => {
      const sent = await upload(service().app, 'lacks.csv', 'a,b\n1,2\n');
      for (const kind of ['trials', 'imports'] as const) {
        const job = await run(service().app, kind, { upload: sent.upload, profile: 'police-uk-street' });
        expect(job).toMatchObject({ state: 'failed', trial: null, import: null });
        expect(job.error).toContain('lacks the columns Crime ID, Month');
      }
    });

    it.each([
      ['a profile that is none', { profile: { name: 'x' } }, 'The profile is not right'],
      ['a profile nobody knows', { profile: 'nobody' }, 'there is no profile "nobody"'],
      ['a profile that is a path', { profile: '../../../etc/passwd' }, 'there is no profile'],
      ['a profile that is a file', { profile: '/tmp/x.json' }, 'there is no profile'],
      [
        'a word mapped to nothing',
        { profile: 'incidents', words: { a: 'no.such-code' } },
        'there is no category "no.such-code"',
      ],
      ['a parameter too many', { profile: 'incidents', force: true }, 'force'],
    ])('%s is refused before anything begins', async (_, request, words) => {
      const sent = await upload(service().app, 'plain.csv', log(2));
      const response = await service().app.inject({
        method: 'POST',
        url: '/api/trials',
        payload: { upload: sent.upload, ...request },
      });
      expect(response.statusCode).toBe(400);
      expect(errorSchema.parse(response.json()).error.message).toContain(words);
    });

    const kept = () => {
      const folder = join(dataDirectory(), 'uploads');
      return existsSync(folder) ? readdirSync(folder).filter((name) => !/^[0-9a-f]{32}(\.json)?$/.test(name)) : [];
    };
  });

  describe('a hostile name', () => {
    it.each([
      ['../../x.csv', 'x.csv'],
      ['..\\..\\x.csv', 'x.csv'],
      ['/etc/passwd', 'passwd'],
      ['..', 'file'],
      ['a\u0000\u202eb\nc.csv', 'abc.csv'],
      ['<script>alert(1)</script>.csv', 'script>.csv'],
    ])('%j is shown as %j, and is no path', async (given, shown) => {
      const sent = await upload(service().app, given, log(1));
      expect(sent.name).toBe(shown);
      expect(sent.upload).toMatch(/^[0-9a-f]{32}$/);
      expect(existsSync(join(dataDirectory(), 'uploads', sent.upload))).toBe(true);
    });

    it.each(['..%2F..%2Flock', '%2e%2e%2flock.json', 'a'.repeat(32).toUpperCase(), 'x', '..', '%00'])(
      'as an upload, %s finds nothing',
      async (id) => {
        expect((await service().app.inject(`/api/uploads/${id}/preview`)).statusCode).toBe(404);
        const payload = { upload: decodeURIComponent(id), profile: 'incidents' };
        expect((await service().app.inject({ method: 'POST', url: '/api/imports', payload })).statusCode).toBe(404);
      },
    );
  });
}
