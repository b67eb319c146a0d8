import { existsSync, readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  importListSchema,
  importSummarySchema,
  profileListSchema,
  taxonomySchema,
  uploadSchema,
} from '../../server/import-model.ts';
import { errorSchema, type Summary } from '../../server/model.ts';
import { databaseKind, freshDatabase, type TestDatabase } from '../helpers/database.ts';
import { log, logHeader, preview, run, upload, words } from '../helpers/imports.ts';
import { zipOf } from '../helpers/pack-files.ts';
import { type TestService, testService } from '../helpers/service.ts';
import { jobsInLine } from './jobs-in-line.ts';
import { refusedUploads } from './refused-uploads.ts';

let options: TestDatabase;
let service: TestService;

beforeAll(async () => {
  options = await freshDatabase('empty');
  service = await testService('empty', options);
});
afterAll(async () => {
  await service?.close();
  await options?.remove();
});

const total = async () => (await service.get<Summary>('/api/summary')).total;

describe(`a file on its way in (${databaseKind})`, () => {
  it('is sent, shown, tried and imported, and can be seen in the list', async () => {
    const sent = await upload(
      service.app,
      'Partner log 2023.csv',
      `${log(30)}R31,Nonsense,31/02/2023 10:00,54.7,-1.2,A\n`,
    );
    expect(sent).toMatchObject({
      name: 'Partner log 2023.csv',
      kind: 'csv',
      tables: [{ name: 'Partner log 2023.csv' }],
    });

    const shown = await preview(service.app, sent.upload);
    expect(shown.columns).toEqual(logHeader.trim().split(','));
    expect(shown.rows).toHaveLength(20);
    expect(shown).toMatchObject({ encoding: 'utf-8', delimiter: ',', proposal: { complete: true } });
    expect(shown.proposal.uses.map(({ use }) => use)).toEqual(['id', 'category', 'from', 'lat', 'lng', 'location']);

    const request = { upload: sent.upload, profile: { ...Object(shown.proposal.profile), source: 'Partner' }, words };
    const tried = await run(service.app, 'trials', request);
    expect(tried.state).toBe('done');
    expect(tried.trial).toMatchObject({
      rowsRead: 31,
      accepted: 30,
      rejected: 1,
      firstDay: '2023-04-03',
      lastDay: '2023-04-03',
    });
    expect(tried.trial?.words).toEqual([
      { word: 'Criminal damage', count: 30, code: words['Criminal damage'] },
      { word: 'Nonsense', count: 1, code: null },
    ]);
    expect(tried.trial?.placed).toEqual({ coordinates: 30, postcode: 0, street: 0, areaOnly: 0, none: 0 });
    expect(tried.trial?.points).toHaveLength(30);
    expect(tried.trial?.points[0]).toEqual([-1.2, 54.68]);
    expect(tried.trial?.dates).toContainEqual({
      column: 'Date of incident',
      text: '03/04/2023 14:05',
      meaning: '3 April 2023 at 14:05',
      understood: true,
    });
    expect(tried.trial?.dates.at(-1)).toMatchObject({ text: '31/02/2023 10:00', understood: false });
    expect(tried.trial?.problems).toEqual([
      expect.objectContaining({ column: 'Date of incident', count: 1, firstLine: 32, firstValue: '31/02/2023 10:00' }),
    ]);
    expect(await total()).toBe(0);

    const done = await run(service.app, 'imports', request);
    expect(done).toMatchObject({ state: 'done', error: null, rowsRead: 31 });
    // done means that the map shows it, without a moment's wait
    expect(await total()).toBe(30);
    expect(done.import).toMatchObject({ source: 'Partner', fileName: 'Partner log 2023.csv', added: 30, rejected: 1 });

    const { imports } = importListSchema.strict().parse((await service.app.inject('/api/imports')).json());
    expect(imports[0]).toEqual(done.import);
    const one = await service.app.inject(`/api/imports/${done.import?.id}`);
    expect(importSummarySchema.strict().parse(one.json())).toEqual(done.import);
    const rejects = await service.app.inject(`/api/imports/${done.import?.id}/rejects.csv`);
    expect(rejects.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'cache-control': 'no-store' });
    expect(rejects.headers['content-disposition']).toBe(
      `attachment; filename="rejected-rows-of-import-${done.import?.id}.csv"`,
    );
    expect(rejects.body.split('\r\n')[1]).toMatch(/^32,Date of incident,31\/02\/2023 10:00,/);
  });

  it('can be imported again: nothing is added, and an import without rejects has no list of them', async () => {
    const before = await total();
    const sent = await upload(service.app, 'again.csv', log(30));
    const { proposal } = await preview(service.app, sent.upload);
    const request = { upload: sent.upload, profile: { ...Object(proposal.profile), source: 'Partner' }, words };
    const done = await run(service.app, 'imports', request);
    expect(done.import).toMatchObject({ added: 0, changed: 0, unchanged: 30, rejected: 0 });
    expect(await total()).toBe(before);
    const rejects = await service.app.inject(`/api/imports/${done.import?.id}/rejects.csv`);
    expect(rejects.statusCode).toBe(404);
    expect((await service.app.inject('/api/imports/999999')).statusCode).toBe(404);
  });

  it('is read as a person says when the file is misread', async () => {
    const sent = await upload(
      service.app,
      'bars.csv',
      Buffer.from('Incident type|Date|Café\nTheft|01/02/2023|caf\xe9\n', 'latin1'),
    );
    const told = await preview(service.app, sent.upload, '?delimiter=%7C&encoding=windows-1252');
    expect(told.columns[0]).toBe('Incident type');
    expect(told.rows[0]?.[2]).toBe('café');
    expect((await preview(service.app, sent.upload, '?delimiter=%2C')).columns).toHaveLength(1);
    expect((await service.app.inject(`/api/uploads/${sent.upload}/preview?delimiter=x`)).statusCode).toBe(400);
    expect((await service.app.inject(`/api/uploads/${sent.upload}/preview?sheet=x`)).statusCode).toBe(400);
  });

  it('comes over a real connection, too, and one that breaks off leaves nothing behind', async () => {
    const url = `${await service.app.listen({ port: 0, host: '127.0.0.1' })}/api/uploads?name=real.csv`;
    const headers = { 'content-type': 'application/octet-stream' };
    const sent = await fetch(url, { method: 'POST', headers, body: log(20_000) });
    expect(sent.status).toBe(201);
    expect(uploadSchema.parse(await sent.json()).bytes).toBe(log(20_000).length);

    const kept = () => readdirSync(join(options.dataDirectory, 'uploads')).length;
    const before = kept();
    const broken = request(url, { method: 'POST', headers: { ...headers, 'content-length': 1_000_000 } });
    broken.on('error', () => {});
    broken.write(log(10));
    await expect.poll(kept).toBe(before + 1);
    broken.destroy();
    await expect.poll(kept, { timeout: 10_000 }).toBe(before);
  });

  it('may be a zip of several tables, the first of which is taken unless another is named', async () => {
    const packed = zipOf({ '2024-01/a.csv': log(3, 5_000), '2024-01/b.csv': log(4, 6_000), 'read-me.pdf': '%PDF-1.4' });
    const sent = await upload(service.app, 'months.zip', packed);
    expect(sent).toMatchObject({ kind: 'zip', tables: [{ name: '2024-01/a.csv' }, { name: '2024-01/b.csv' }] });
    expect((await preview(service.app, sent.upload)).rows).toHaveLength(3);
    const named = await preview(service.app, sent.upload, '?table=2024-01%2Fb.csv');
    expect(named.rows).toHaveLength(4);
    const request = { upload: sent.upload, profile: named.proposal.profile };
    const tried = await run(service.app, 'trials', { ...request, reading: { table: '2024-01/b.csv' } });
    expect(tried.trial?.accepted).toBe(4);
    expect((await run(service.app, 'trials', request)).trial?.accepted).toBe(3);
    expect((await service.app.inject(`/api/uploads/${sent.upload}/preview?table=c.csv`)).statusCode).toBe(400);
  });

  it('is thrown away when it is not wanted', async () => {
    const sent = await upload(service.app, 'away.csv', log(2));
    const away = () => service.app.inject({ method: 'DELETE', url: `/api/uploads/${sent.upload}` });
    expect((await away()).statusCode).toBe(204);
    expect((await away()).statusCode).toBe(404);
    expect((await service.app.inject(`/api/uploads/${sent.upload}/preview`)).statusCode).toBe(404);
    expect(existsSync(join(options.dataDirectory, 'uploads', sent.upload))).toBe(false);
  });
});

describe('profiles', () => {
  const own = (name: string) => ({
    name,
    title: 'Our council log',
    source: 'Council',
    attribution: '',
    required: ['Incident type'],
    country: 'uk',
    timeZone: 'Europe/London',
    category: { column: 'Incident type', words },
    time: { from: 'Date of incident', formats: ['DD/MM/YYYY HH:MM'] },
    places: [{ system: 'wgs84', lat: 'Latitude', lng: 'Longitude' }],
    identity: { id: 'Incident number' },
  });
  const put = (name: string, payload: object) =>
    service.app.inject({ method: 'PUT', url: `/api/profiles/${encodeURIComponent(name)}`, payload });

  it('are saved, listed, read back, offered for files that fit, and imported by', async () => {
    expect((await put('our-council', own('anything'))).statusCode).toBe(200);
    const { profiles } = profileListSchema.strict().parse((await service.app.inject('/api/profiles')).json());
    expect(profiles).toContainEqual(
      expect.objectContaining({ name: 'our-council', title: 'Our council log', builtIn: false }),
    );
    expect(profiles).toContainEqual(expect.objectContaining({ name: 'police-uk-street', builtIn: true }));
    expect((await service.app.inject('/api/profiles/our-council')).json()).toMatchObject({
      ...own('our-council'),
      identity: { id: 'Incident number', also: [] },
    });

    const sent = await upload(service.app, 'next month.csv', log(5, 1000));
    expect((await preview(service.app, sent.upload)).fitting).toContainEqual({
      name: 'our-council',
      title: 'Our council log',
    });
    const done = await run(service.app, 'imports', { upload: sent.upload, profile: 'our-council' });
    expect(done.import).toMatchObject({ source: 'Council', added: 5 });
  });

  it.each([
    ['police-uk-street', 'comes with the project'],
    ['../own', 'lower-case words'],
    ['Own', 'lower-case words'],
    ['a.json', 'lower-case words'],
    ['x'.repeat(81), 'lower-case words'],
  ])('cannot be saved as %s', async (name, words) => {
    const response = await put(name, own('x'));
    expect(response.statusCode).toBe(400);
    expect(errorSchema.parse(response.json()).error.message).toContain(words);
  });

  it('are refused when they are wrong, with what is wrong', async () => {
    const wrong = await put('wrong', { ...own('wrong'), country: 'fr' });
    expect(errorSchema.parse(wrong.json()).error.message).toContain('country');
    const unknown = await put('wrong', { ...own('wrong'), category: { column: 'a', words: { b: 'no.code' } } });
    expect(errorSchema.parse(unknown.json()).error.message).toContain('no category "no.code"');
    expect((await service.app.inject('/api/profiles/wrong')).statusCode).toBe(404);
    expect((await service.app.inject('/api/profiles/..%2Fpackage')).statusCode).toBe(404);
  });

  it('have a form that is told, and categories to map words to', async () => {
    const schema = await service.get<{ properties: object }>('/api/profiles/schema.json');
    expect(Object.keys(schema.properties)).toContain('category');
    const taxonomy = taxonomySchema.strict().parse((await service.app.inject('/api/taxonomy')).json());
    expect(taxonomy.categories.map(({ code }) => code)).toContain('asb.nuisance');
  });
});

refusedUploads(
  () => service,
  () => options.dataDirectory,
);
jobsInLine(
  () => service,
  () => options.dataDirectory,
);
