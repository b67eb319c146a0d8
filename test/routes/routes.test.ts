import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Summary } from '../../server/model.ts';
import { resetData } from '../../server/store/status.ts';
import { databaseKind } from '../helpers/database.ts';
import { type TestService, testService } from '../helpers/service.ts';
import { answers } from './answers.ts';
import { formsAndTiles } from './forms-and-tiles.ts';
import { refusals } from './refusals.ts';

// one service for all of these: starting a database costs seconds
let service: TestService;
beforeAll(async () => {
  service = await testService('demo');
});
afterAll(() => service?.close());

describe(`the answers, on ${databaseKind}`, () => answers(() => service));
describe(`forms and tiles, on ${databaseKind}`, () => formsAndTiles(() => service));
describe(`refusals, on ${databaseKind}`, () => refusals(() => service));

// last, because the data are gone afterwards
describe(`a change of the data, on ${databaseKind}`, () => {
  it('is in the next answer, under a new ETag', async () => {
    const before = await service.app.inject('/api/summary');
    await service.database.change(resetData);
    await service.caughtUp();
    const headers = { 'if-none-match': String(before.headers.etag) };
    const after = await service.app.inject({ url: '/api/summary', headers });
    expect(after.statusCode).toBe(200);
    expect(after.headers.etag).not.toBe(before.headers.etag);
    expect(after.json<Summary>()).toMatchObject({ total: 0, located: 0, months: [] });
    expect(after.json<Summary>().version).toBeGreaterThan(before.json<Summary>().version);
  });

  it('leaves routes that answer without data: empty tables, empty tiles, no bounds', async () => {
    expect(await service.get('/api/catalog')).toMatchObject({ incidents: 0, extent: null, bounds: null, layers: [] });
    expect(await service.get('/api/cells')).toMatchObject({ total: 0, cells: [] });
    expect((await service.app.inject('/api/areas/ward')).statusCode).toBe(404);
    expect((await service.app.inject('/tiles/cells/0/0/0.mvt')).statusCode).toBe(204);
    expect(await service.get('/tiles/cells.json')).not.toHaveProperty('bounds');
    expect(await service.get('/api/summary?compare=previous-year')).toMatchObject({ total: 0, previous: 0 });
  });
});
