import { once } from 'node:events';
import { Agent, get, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askerOf, currentAsker, onBehalfOf } from '../../server/askers.ts';
import type { Holdings } from '../../server/flows/load-holdings.ts';
import { compactType } from '../../server/model.ts';
import { answerKnown } from '../../server/routes/known-answers.ts';
import { type PackedAnswer, packedAnswer, sendKept } from '../../server/routes/packed-answer.ts';
import type { Service } from '../../server/service.ts';
import { type TestService, testService } from '../helpers/service.ts';

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

const agent = new Agent({ keepAlive: true });
afterAll(() => agent.destroy());

const urlOf = ({ server }: FastifyInstance) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** Asks over a real connection: only there is an answer that is known sent ahead of the framework. */
async function ask(url: string, headers: OutgoingHttpHeaders = {}, method = 'GET'): Promise<Answer> {
  const asked = request(url, { agent, headers, method }).end();
  const [response] = await once(asked, 'response');
  const parts: Buffer[] = await response.toArray();
  return { status: response.statusCode, headers: withoutConnection(response.headers), body: Buffer.concat(parts) };
}

function withoutConnection<Headers extends object>(all: Headers): IncomingHttpHeaders {
  const { date: _, connection: __, 'keep-alive': ___, ...headers } = all as IncomingHttpHeaders;
  return headers;
}

describe('answers that are known by their address', () => {
  let holdings: Holdings;
  let make: () => Promise<PackedAnswer>;
  let made: number;
  let routed: number;
  let app: FastifyInstance;
  let url: string;

  const body = Buffer.from('all that was counted, '.repeat(40));

  beforeEach(async () => {
    holdings = {} as Holdings;
    make = async () => packedAnswer('"tag"', 'text/plain', body);
    made = 0;
    routed = 0;
    app = fastify();
    answerKnown(app.server, { holdings: () => holdings } as Service, { host: '127.0.0.1', publicHosts: [] });
    app.addHook('preValidation', (_request, reply, done) => onBehalfOf(askerOf(reply.raw), done));
    app.get('/count', (asked, reply) => {
      routed++;
      const counted = () => {
        made++;
        return make();
      };
      return sendKept(asked, reply, holdings, `"${routed}"`, counted);
    });
    await app.listen({ host: '127.0.0.1', port: 0 });
    url = `${urlOf(app)}/count`;
  });
  afterEach(() => app.close());

  it('are sent again without the framework', async () => {
    const first = await ask(url);
    expect(first).toMatchObject({ status: 200, body });
    for (let time = 0; time < 3; time++) expect(await ask(url)).toEqual(first);
    expect(routed).toBe(1);
  });

  it.each<[string, OutgoingHttpHeaders]>([
    ['gzip', { 'accept-encoding': 'gzip' }],
    ['brotli', { 'accept-encoding': 'gzip, br' }],
    ['nothing but 304', { 'if-none-match': '"tag"' }],
  ])('are sent in a form that nobody asked for before: %s', async (_, headers) => {
    await ask(url);
    const one = await ask(url, headers);
    expect(one.body.length).toBeLessThan(body.length / 2);
    expect(await ask(url, headers)).toEqual(one);
    expect(routed).toBe(1);
  });

  it('are made once for a hundred who ask at once', async () => {
    let finish = () => {};
    const slow = new Promise<void>((resolve) => {
      finish = resolve;
    });
    make = () => slow.then(() => packedAnswer('"tag"', 'text/plain', body));
    const asked = Array.from({ length: 100 }, () => ask(url, { 'accept-encoding': 'gzip' }));
    while (made === 0) await setImmediate();
    finish();
    const [first, ...others] = await Promise.all(asked);
    expect(first?.headers['content-encoding']).toBe('gzip');
    for (const other of others) expect(other).toEqual(first);
    expect([routed, made]).toEqual([1, 1]);
  });

  it('fail in the words of the framework, for each who waited', async () => {
    let fail: (error: Error) => void = () => {};
    const slow = new Promise<PackedAnswer>((_, reject) => {
      fail = reject;
    });
    make = () => slow;
    const asked = Array.from({ length: 3 }, () => ask(url));
    while (made === 0) await setImmediate();
    await ask(`${urlOf(app)}/nothing`);
    fail(Object.assign(new Error('no such layer'), { statusCode: 404 }));
    for (const { status, body: words } of await Promise.all(asked)) {
      expect([status, JSON.parse(words.toString()).message]).toEqual([404, 'no such layer']);
    }
  });

  it('are stopped being made when all who wait have gone, and not before', async () => {
    let work: AbortSignal | undefined;
    make = () => {
      work = currentAsker();
      return new Promise(() => {});
    };
    const asked = [get(url), get(url)];
    for (const one of asked) one.on('error', () => {});
    while (made === 0) await setImmediate();
    // answered after both have come
    await ask(`${urlOf(app)}/nothing`);
    asked[0]!.destroy();
    await ask(`${urlOf(app)}/nothing`);
    expect(work?.aborted).toBe(false);
    asked[1]!.destroy();
    await expect.poll(() => work?.aborted).toBe(true);
  });

  it.each<[string, OutgoingHttpHeaders, string]>([
    ['in another form', { accept: 'text/csv' }, 'GET'],
    ['under another name than the service’s own', { host: 'evil.example' }, 'GET'],
    ['to change something', {}, 'DELETE'],
  ])('are left to the framework when asked for %s', async (_, headers, method) => {
    await ask(url);
    const { status } = await ask(url, headers, method);
    expect([status, routed]).toEqual(method === 'GET' ? [200, 2] : [404, 1]);
  });

  it('are made anew when the data have changed', async () => {
    await ask(url);
    holdings = {} as Holdings;
    await ask(url);
    expect(made).toBe(2);
  });
});

describe('an answer known by its address is the very answer of its route', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await testService('demo');
    await service.app.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => service?.close());

  const addresses = [
    '/tiles/cells/10/508/325.mvt?resolution=9',
    '/tiles/cells/9/0/0.mvt',
    '/tiles/areas/ward/9/254/162.mvt?categories=asb',
    '/api/summary?compare=previous-year&from=2018-01-01',
    '/api/summary?from=2001-01-01&to=2001-01-02',
  ];
  const forms: Record<string, OutgoingHttpHeaders> = {
    plain: {},
    gzip: { 'accept-encoding': 'gzip' },
    'as a browser asks': { 'accept-encoding': 'gzip, deflate, br, zstd', accept: '*/*' },
    'anything but gzip': { 'accept-encoding': 'gzip;q=0, *' },
    'any encoding': { 'accept-encoding': '*' },
    'no encoding': { 'accept-encoding': 'identity' },
    unknown: { 'accept-encoding': 'snappy' },
    compact: { accept: compactType, 'accept-encoding': 'br' },
    'known already': { 'if-none-match': '*' },
    'known in an older form': { 'if-none-match': '"old"', 'accept-encoding': 'gzip' },
  };

  it.each(addresses.flatMap((address) => Object.keys(forms).map((form) => [address, form] as const)))(
    '%s, %s',
    async (address, form) => {
      const headers = forms[form]!;
      for (const method of ['GET', 'HEAD'] as const) {
        // what is injected always goes through the framework
        const { app } = service;
        const routed = await app.inject({ url: address, method, headers: headers as Record<string, string> });
        const expected = { ...withoutConnection(routed.headers) };
        // the framework tells HEAD that what has not changed is empty
        if (method === 'HEAD' && routed.statusCode !== 200) delete expected['content-length'];
        const known = await ask(urlOf(app) + address, headers, method);
        expect([known.status, known.headers]).toEqual([routed.statusCode, expected]);
        expect(known.body.equals(routed.rawPayload)).toBe(true);
        expect(Object.keys(known.headers)).toEqual(Object.keys(expected));
      }
    },
  );

  it('refuses a known address under a borrowed name, as any other', async () => {
    const { app } = service;
    await app.inject(addresses[0]!);
    const { status, body } = await ask(urlOf(app) + addresses[0], { host: 'evil.example' });
    expect([status, JSON.parse(body.toString()).error.code]).toEqual([403, 'unknown-host']);
  });
});
