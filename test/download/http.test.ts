import { afterEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../server/demo/seeded-random.ts';
import { createHttp, type HttpOptions } from '../../server/download/http.ts';
import { answer, type Fault, fakeTime, type LocalServer, serve } from './local-server.ts';

let server: LocalServer;
afterEach(() => server?.close());

/** A server whose first answers go wrong in the ways given. */
async function faulty(...faults: (Fault | undefined)[]): Promise<LocalServer> {
  server = await serve((_request, response, index) =>
    answer(response, 200, {}, Buffer.from('x'.repeat(1000)), faults[index]),
  );
  return server;
}

const ask = (options: HttpOptions) =>
  createHttp(options).ask(
    () => ({ url: `${server.url}/file` }),
    async (response, alive) => {
      let text = '';
      for await (const chunk of response.body ?? []) {
        alive();
        text += Buffer.from(chunk).toString();
      }
      return text.length;
    },
  );

describe('the client of public services', () => {
  it('starts no more than 15 requests in any second', async () => {
    await faulty();
    const time = fakeTime();
    const http = createHttp(time);
    const starts: number[] = [];
    for (let i = 0; i < 40; i++) {
      await http.ask(
        () => {
          starts.push(time.now());
          return { url: server.url };
        },
        async () => {},
      );
    }
    const most = Math.max(...starts.map((start) => starts.filter((t) => t >= start && t < start + 1000).length));
    expect(most).toBe(15);
  });

  it('waits as many seconds as a 429 says, and then gets the answer', async () => {
    await faulty({ status: 429, retryAfter: '7' });
    const time = fakeTime();
    expect(await ask(time)).toBe(1000);
    expect(time.slept).toEqual([7000]);
  });

  it('waits until the date that a 503 says', async () => {
    await faulty({ status: 503, retryAfter: 'Sun, 22 Nov 2026 09:00:20 GMT' });
    const time = fakeTime();
    expect(await ask(time)).toBe(1000);
    expect(time.slept).toEqual([20_000]);
  });

  it('waits longer with every failure when the server says nothing, by a chance that a seed decides', async () => {
    const waits = async (seed: number) => {
      await faulty({ status: 429 }, { status: 503 }, { status: 500 }, { status: 502 }, 'reset before');
      const time = fakeTime();
      expect(await ask({ ...time, random: seededRandom(seed) })).toBe(1000);
      await server.close();
      return time.slept;
    };
    const [first, same, other] = [await waits(1), await waits(1), await waits(2)];
    expect(first).toEqual(same);
    expect(first).not.toEqual(other);
    expect(first).toHaveLength(5);
    first.forEach((wait, i) => {
      expect(wait).toBeGreaterThanOrEqual(500 * 2 ** i);
      expect(wait).toBeLessThanOrEqual(1000 * 2 ** i);
    });
  });

  it('gives up after as many tries as allowed, and names the server and what it said', async () => {
    await faulty(...Array<Fault>(9).fill({ status: 503 }));
    const failure = ask({ ...fakeTime(), tries: 4 });
    await expect(failure).rejects.toThrow(
      /^127\.0\.0\.1:\d+: it answered 503, 4 times in a row\. Check the connection/,
    );
    expect(server.asked).toHaveLength(4);
  });

  it('does not wait for hours because a server says so', async () => {
    await faulty({ status: 429, retryAfter: '7200' });
    const time = fakeTime();
    await expect(ask(time)).rejects.toThrow('asks to come back in 7,200 s; try again later');
    expect(time.slept).toEqual([]);
  });

  it('does not ask again for what is not there', async () => {
    await faulty({ status: 404 });
    await expect(ask(fakeTime())).rejects.toThrow('/file answered 404');
    expect(server.asked).toHaveLength(1);
  });

  it('gets over an answer that is reset half-way, and one that stalls', async () => {
    await faulty('reset', 'stall');
    expect(await ask({ ...fakeTime(), idleMilliseconds: 150 })).toBe(1000);
    expect(server.asked).toHaveLength(3);
  });

  it('says why it waits', async () => {
    await faulty('stall');
    const notes: string[] = [];
    await ask({ ...fakeTime(), idleMilliseconds: 120, onWait: (reason, ms) => notes.push(`${reason} ${ms}`) });
    expect(notes).toEqual([`${new URL(server.url).host}: nothing came for 0.12 s 750`]);
  });

  it('tries again when nobody listens, and then tells how to go on', async () => {
    await faulty();
    await server.close();
    await expect(ask({ ...fakeTime(), tries: 2 })).rejects.toThrow(/ECONNREFUSED, 2 times in a row.*try again later/);
  });

  it('hands on a failure of the reader at once: asking again would not help', async () => {
    await faulty();
    const failing = createHttp(fakeTime()).ask(
      () => ({ url: server.url }),
      async () => {
        throw new TypeError('a bug');
      },
    );
    await expect(failing).rejects.toThrow('a bug');
    expect(server.asked).toHaveLength(1);
  });
});
