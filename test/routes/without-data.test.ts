import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../server/app.ts';
import { type Intake, openIntake } from '../../server/flows/open-intake.ts';
import { taxonomyFolder } from '../../server/folders.ts';
import { loadTaxonomy } from '../../server/import/taxonomy.ts';
import { errorSchema, healthSchema } from '../../server/model.ts';
import type { App, Service } from '../../server/service.ts';

let app: App;
let intake: Intake;

beforeAll(async () => {
  // nothing is loaded yet, and nothing below may ask the database
  const taxonomy = await loadTaxonomy(taxonomyFolder);
  const nothing = (): never => {
    throw new Error('nothing is loaded');
  };
  intake = openIntake({
    databaseUrl: undefined,
    dataDirectory: '/nowhere',
    taxonomy,
    database: nothing,
    served: () => 0,
    report: nothing,
  });
  const service = { taxonomy, intake, holdings: () => undefined } as unknown as Service;
  app = await buildApp(service, { logLevel: 'silent' });
  app.get('/kaboom', () => {
    throw new Error('Kaboom in /home/secret at select * from incident');
  });
  app.get('/kaboom-later', async () => {
    throw Object.assign(new Error('Kaboom'), { code: '42P01', detail: 'Kaboom', statusCode: 500 });
  });
});
afterAll(async () => {
  await app.close();
  await intake.stop();
});

describe('the service before its data are loaded', () => {
  it('says that it is starting', async () => {
    const response = await app.inject('/api/health');
    expect(response.statusCode).toBe(503);
    expect(healthSchema.parse(response.json())).toEqual({ status: 'starting', version: 0 });
    expect(response.headers).toMatchObject({ 'retry-after': '1', 'cache-control': 'no-store' });
  });

  it.each([
    '/api/catalog',
    '/api/summary',
    '/api/cells',
    '/api/areas/ward',
    '/api/streets',
    '/tiles/cells.json',
    '/tiles/areas/ward.json',
    '/tiles/cells/12/2034/1301.mvt',
    '/tiles/areas/ward/12/2034/1301.mvt',
  ])('answers %s with 503 and when to come back', async (address) => {
    const response = await app.inject(address);
    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toBe('1');
    expect(errorSchema.parse(response.json()).error.code).toBe('starting');
  });
});

describe('errors', () => {
  it.each(['/kaboom', '/kaboom-later'])('of our own at %s are answered in general terms', async (address) => {
    const response = await app.inject(address);
    expect(response.statusCode).toBe(500);
    expect(response.json()).toEqual({
      error: { code: 'internal', message: 'the service failed to answer; its log says why', details: null },
    });
  });

  it.each([
    ['/api/nothing', 404],
    ['/kaboom/more', 404],
    ['/tiles/cells/12/1/1.png', 404],
    [`/api/areas/${'a'.repeat(600)}`, 404],
    ['/api/areas/%E0%A4%A', 400],
    ['/api/summary?from=2023-01-01&from=2023-02-01', 400],
    ['/tiles/cells/a/b/c.mvt', 400],
  ])('at %s have the one form of all errors', async (address, status) => {
    const response = await app.inject(address);
    expect(response.statusCode).toBe(status);
    const { error } = errorSchema.strict().parse(response.json());
    expect(error.message).not.toMatch(/\n|node_modules|\.ts:| {4}at /);
  });

  it.each(['POST', 'PUT', 'DELETE'] as const)('meet %s: nothing is changed over HTTP', async (method) => {
    const response = await app.inject({ method, url: '/api/summary', payload: { total: 0 } });
    expect(response.statusCode).toBe(404);
    expect(errorSchema.parse(response.json()).error.code).toBe('not-found');
  });

  it('carry the security headers, as every answer does', async () => {
    for (const url of ['/api/nothing', '/kaboom', '/api/health', '/api/openapi.json', '/api/areas/%E0%A4%A']) {
      const { headers } = await app.inject(url);
      expect(headers, url).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
      expect(headers['content-security-policy'], url).toContain("default-src 'self'");
      expect(headers['content-security-policy'], url).toContain("frame-ancestors 'none'");
      expect(headers['x-powered-by'], url).toBeUndefined();
    }
  });
});

type Operation = {
  summary?: string;
  parameters?: { name: string; in: string; required?: boolean }[];
  responses: object;
};

describe('the description of the interface', () => {
  const routes = [
    '/api/health',
    '/api/catalog',
    '/api/summary',
    '/api/cells',
    '/api/areas/{layer}',
    '/api/streets',
    '/tiles/cells.json',
    '/tiles/cells/{z}/{x}/{y}.mvt',
    '/tiles/areas/{layer}.json',
    '/tiles/areas/{layer}/{z}/{x}/{y}.mvt',
  ];

  it('is OpenAPI 3 and lists every route with its parameters', async () => {
    const { openapi, info, paths } = (await app.inject('/api/openapi.json')).json();
    expect(openapi).toMatch(/^3\./);
    expect(info).toMatchObject({ title: 'Hotspot', version: expect.any(String) });
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(routes));
    for (const path of routes) {
      const { summary, parameters = [], responses } = paths[path].get as Operation;
      expect(summary, path).toBeTruthy();
      expect(Object.keys(responses).length, path).toBeGreaterThan(0);
      const inPath = parameters.filter((parameter) => parameter.in === 'path');
      expect(inPath.map(({ name }) => name).sort(), path).toEqual(
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort(),
      );
      expect(inPath.every(({ required }) => required)).toBe(true);
    }
  });

  it('lists no route that does not exist, and leaves none out', async () => {
    const { paths } = (await app.inject('/api/openapi.json')).json();
    const known = [...app.printRoutes({ commonPrefix: false }).matchAll(/(\S+) \(GET/g)].length;
    const gets = Object.keys(paths).filter((one) => paths[one].get && !one.startsWith('/kaboom'));
    for (const path of gets) {
      const address = path
        .replace(/\{([zxy]|id)\}/g, '1')
        .replace('{layer}', 'ward')
        .replaceAll(/\{\w+\}/g, 'a');
      const { statusCode, body } = await app.inject(address);
      // some want a parameter before they look for data, some need no data, and some have nothing of that name
      expect([200, 400, 404, 503], path).toContain(statusCode);
      expect(body).not.toContain('there is nothing at this address');
    }
    expect(known).toBeGreaterThanOrEqual(routes.length);
  });

  it('gives every parameter of the filter to every reading route', async () => {
    const { paths } = (await app.inject('/api/openapi.json')).json();
    const filter = ['area', 'categories', 'compare', 'flags', 'from', 'hours', 'to', 'weekdays'];
    for (const path of routes.filter((one) => /summary|cells|areas/.test(one))) {
      const names = (paths[path].get as Operation).parameters!.map(({ name }) => name);
      expect(names, path).toEqual(expect.arrayContaining(filter));
    }
  });
});
