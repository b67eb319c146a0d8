import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../server/app.ts';
import { taxonomyFolder } from '../../server/folders.ts';
import { loadTaxonomy } from '../../server/import/taxonomy.ts';
import { errorSchema } from '../../server/model.ts';
import type { App, Service } from '../../server/service.ts';

const job = { job: 'x', state: 'done', rowsRead: 0, share: 1, error: null, trial: null, import: null };
let cancelled = 0;
let local: App;
let open: App;
let named: App;

beforeAll(async () => {
  const jobs = {
    cancel: async () => {
      cancelled++;
      return job;
    },
  };
  const service = {
    taxonomy: await loadTaxonomy(taxonomyFolder),
    holdings: () => undefined,
    intake: { jobs },
  } as unknown as Service;
  local = await buildApp(service, { logLevel: 'silent', host: '127.0.0.1' });
  open = await buildApp(service, { logLevel: 'silent', host: '0.0.0.0' });
  named = await buildApp(service, { logLevel: 'silent', host: '::1', publicHosts: ['map.example.org'] });
});
afterAll(() => Promise.all([local, open, named].map((app) => app.close())));

const read = (app: App, headers: Record<string, string>, url = '/api/taxonomy') => app.inject({ url, headers });
const change = (headers: Record<string, string>, app = local) =>
  app.inject({ method: 'DELETE', url: '/api/jobs/x', headers: { host: '127.0.0.1:3000', ...headers } });

describe('a service on this machine answers only under this machine’s names', () => {
  it.each(['localhost', 'localhost:3000', 'LOCALHOST:80', '127.0.0.1:3000', '127.0.0.2', '[::1]:3000', '[::1]'])(
    'such as %s',
    async (host) => {
      expect((await read(local, { host })).statusCode).toBe(200);
    },
  );

  it.each([
    'evil.example',
    'evil.example:3000',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example:127.0.0.1',
    '127.0.0.1@evil.example',
    '[::2]:3000',
    '10.0.0.1',
  ])('and not as "%s", which a name server may have pointed here', async (host) => {
    for (const url of ['/api/taxonomy', '/api/health', '/tiles/cells.json', '/', '/nothing']) {
      const response = await read(local, { host }, url);
      expect(response.statusCode, url).toBe(403);
      expect(errorSchema.strict().parse(response.json()).error.code).toBe('unknown-host');
      expect(response.headers['x-content-type-options']).toBe('nosniff');
    }
  });

  it('whatever else the request claims', async () => {
    const claims = { 'x-forwarded-host': 'localhost', origin: 'http://localhost', 'sec-fetch-site': 'same-origin' };
    expect((await read(local, { host: 'evil.example', ...claims })).statusCode).toBe(403);
  });

  it('or under the names it was given, or under any when it listens to all', async () => {
    expect((await read(named, { host: 'map.example.org' })).statusCode).toBe(200);
    expect((await read(named, { host: 'other.example.org' })).statusCode).toBe(403);
    expect((await read(open, { host: 'hotspot.council.example' })).statusCode).toBe(200);
  });
});

describe('changes are taken from the service’s own pages and from programs', () => {
  it.each<Record<string, string>>([
    {},
    { 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:3000' },
    { 'sec-fetch-site': 'none' },
    { origin: 'http://127.0.0.1:3000' },
    { host: 'localhost', origin: 'http://localhost' },
    { host: '127.0.0.1', 'x-forwarded-host': 'map.example', origin: 'https://map.example' },
  ])('such as %j', async (headers) => {
    expect((await change(headers)).statusCode).toBe(200);
  });

  it.each<Record<string, string>>([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', origin: 'http://127.0.0.1:3000' },
    { origin: 'https://evil.example' },
    { origin: 'http://127.0.0.1:8000' },
    { origin: 'http://localhost:3000' },
    { origin: 'null' },
    { origin: '' },
    { origin: 'http://127.0.0.1:3000.evil.example' },
    { origin: 'http://127.0.0.1:3000@evil.example' },
    { 'x-forwarded-host': 'map.example', origin: 'https://evil.example' },
  ])('and not from another site: %j', async (headers) => {
    const before = cancelled;
    const response = await change(headers);
    expect(response.statusCode).toBe(403);
    expect(errorSchema.strict().parse(response.json()).error).toMatchObject({ code: 'other-site', details: null });
    expect(cancelled).toBe(before);
  });

  it('nor, where it listens to all, from another site', async () => {
    const asked = { host: 'hotspot.council.example', origin: 'https://evil.example' };
    expect((await change(asked, open)).statusCode).toBe(403);
    expect((await change({ ...asked, origin: 'https://hotspot.council.example' }, open)).statusCode).toBe(200);
  });

  it('under its public name, also when the proxy does not say it', async () => {
    expect((await change({ origin: 'https://map.example.org' }, named)).statusCode).toBe(200);
    expect((await change({ origin: 'https://map.example.net' }, named)).statusCode).toBe(403);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'TEXT/PLAIN',
    '',
    undefined,
  ])('not as a form can send them: %s', async (type) => {
    const headers = { host: '127.0.0.1:3000', ...(type === undefined ? {} : { 'content-type': type }) };
    for (const [method, url] of [
      ['POST', '/api/trials'],
      ['POST', '/api/imports'],
      ['POST', '/api/uploads?name=a'],
      ['PUT', '/api/profiles/a'],
    ] as const) {
      const response = await local.inject({ method, url, headers, payload: '{"upload":"a"}' });
      expect(response.statusCode, url).toBe(415);
      expect(errorSchema.parse(response.json()).error.code).toBe('wrong-type');
    }
  });

  it('and no other site is told that it may', async () => {
    const headers = {
      host: '127.0.0.1:3000',
      origin: 'https://evil.example',
      'access-control-request-method': 'DELETE',
    };
    const response = await local.inject({ method: 'OPTIONS', url: '/api/jobs/x', headers });
    expect(response.statusCode).toBe(404);
    expect(Object.keys(response.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});
