import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importListSchema, importSummarySchema, profileListSchema, taxonomySchema } from '../../server/import-model.ts';
import { errorSchema, type Summary } from '../../server/model.ts';
import { databaseKind, freshDatabase, type TestDatabase } from '../helpers/database.ts';
import { begin, ended, preview, run, upload } from '../helpers/imports.ts';
import { type TestService, testService } from '../helpers/service.ts';

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

const header = 'Ref,What happened type,When,Lat,Lng,Street\n';
const header2 = 'Incident number,Incident type,Date of incident,Latitude,Longitude,Street\n';
const line = (at: number, word = 'Criminal damage', date = '03/04/2023 14:05') =>
  `R${at},${word},${date},${(54.68 + (at % 50) / 1000).toFixed(4)},-1.2${at % 10},York Road\n`;
const lines = (count: number, from = 0) => Array.from({ length: count }, (_, at) => line(from + at)).join('');
const words = { 'Criminal damage': 'crime.criminal-damage-and-arson' };
const total = async () => (await service.get<Summary>('/api/summary')).total;

describe(`a file on its way in (${databaseKind})`, () => {
  it('is sent, shown, tried and imported, and can be seen in the list', async () => {
    const sent = await upload(
      service.app,
      'Partner log 2023.csv',
      `${header2}${lines(30)}R31,Nonsense,31/02/2023 10:00,54.7,-1.2,A\n`,
    );
    expect(sent).toMatchObject({
      name: 'Partner log 2023.csv',
      kind: 'csv',
      tables: [{ name: 'Partner log 2023.csv' }],
    });

    const shown = await preview(service.app, sent.upload);
    expect(shown.columns).toEqual(header2.trim().split(','));
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
      meaning: '3 April 2023, 14:05',
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
    const sent = await upload(service.app, 'again.csv', `${header2}${lines(30)}`);
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

  it('is thrown away when it is not wanted', async () => {
    const sent = await upload(service.app, 'away.csv', header2 + lines(2));
    const away = () => service.app.inject({ method: 'DELETE', url: `/api/uploads/${sent.upload}` });
    expect((await away()).statusCode).toBe(204);
    expect((await away()).statusCode).toBe(404);
    expect((await service.app.inject(`/api/uploads/${sent.upload}/preview`)).statusCode).toBe(404);
    expect(existsSync(join(options.dataDirectory, 'uploads', sent.upload))).toBe(false);
  });
});

describe('a file that cannot be taken', () => {
  it.each([
    ['empty.csv', '', 'empty'],
    ['header-only.csv', header, 'header but no rows'],
    ['photo.csv', '\x89PNG\r\n\x1a\n', 'PNG image'],
    ['page.csv', '<!doctype html><html></html>', 'web page'],
  ])('%s is refused in words', async (name, content, words) => {
    const response = await service.app.inject({
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
    const response = await service.app.inject({
      method: 'POST',
      url: '/api/uploads?name=long.csv',
      headers: { 'content-type': 'application/octet-stream', 'content-length': String(2 * 1024 ** 3 + 1) },
      payload: Readable.from([Buffer.from('a')]),
    });
    expect(response.statusCode).toBe(413);
    expect(errorSchema.parse(response.json()).error.message).toContain('longer than 2 GiB');
  });

  it('lacks the columns of its profile, and the job says which', async () => {
    const sent = await upload(service.app, 'lacks.csv', 'a,b\n1,2\n');
    for (const kind of ['trials', 'imports'] as const) {
      const job = await run(service.app, kind, { upload: sent.upload, profile: 'police-uk-street' });
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
    const sent = await upload(service.app, 'plain.csv', header2 + lines(2));
    const response = await service.app.inject({
      method: 'POST',
      url: '/api/trials',
      payload: { upload: sent.upload, ...request },
    });
    expect(response.statusCode).toBe(400);
    expect(errorSchema.parse(response.json()).error.message).toContain(words);
  });

  const kept = () => {
    const folder = join(options.dataDirectory, 'uploads');
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
    const sent = await upload(service.app, given, header2 + lines(1));
    expect(sent.name).toBe(shown);
    expect(sent.upload).toMatch(/^[0-9a-f]{32}$/);
    expect(existsSync(join(options.dataDirectory, 'uploads', sent.upload))).toBe(true);
  });

  it.each(['..%2F..%2Flock', '%2e%2e%2flock.json', 'a'.repeat(32).toUpperCase(), 'x', '..', '%00'])(
    'as an upload, %s finds nothing',
    async (id) => {
      expect((await service.app.inject(`/api/uploads/${id}/preview`)).statusCode).toBe(404);
      const payload = { upload: decodeURIComponent(id), profile: 'incidents' };
      expect((await service.app.inject({ method: 'POST', url: '/api/imports', payload })).statusCode).toBe(404);
    },
  );
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

    const sent = await upload(service.app, 'next month.csv', header2 + lines(5, 1000));
    expect((await preview(service.app, sent.upload)).fitting).toContainEqual({
      name: 'our-council',
      title: 'Our council log',
    });
    const done = await run(service.app, 'imports', { upload: sent.upload, profile: 'our-council' });
    expect(done.import).toMatchObject({ source: 'Council', added: 5 });
  });

  it.each([
    ['police-uk-street', 'comes with the service'],
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

describe('jobs', () => {
  const large = async (rows: number, from: number) => {
    const sent = await upload(service.app, `large ${from}.csv`, header2 + lines(rows, from));
    const { proposal } = await preview(service.app, sent.upload);
    return { upload: sent.upload, profile: { ...Object(proposal.profile), source: 'Large' }, words };
  };

  it('of imports are called off, and nothing is stored', async () => {
    const before = await total();
    const { imports } = await service.get<{ imports: unknown[] }>('/api/imports');
    const job = await begin(service.app, 'imports', await large(30_000, 10_000));
    while ((await service.app.inject(`/api/jobs/${job.job}`)).json().rowsRead === 0) await sleep(5);
    const called = await service.app.inject({ method: 'DELETE', url: `/api/jobs/${job.job}` });
    expect(called.json()).toMatchObject({ state: 'failed', error: 'This was called off; nothing was stored.' });
    await service.caughtUp();
    expect(await total()).toBe(before);
    expect((await service.get<{ imports: unknown[] }>('/api/imports')).imports).toHaveLength(imports.length);
    expect(readdirSync(join(options.dataDirectory, 'reports')).filter((name) => name.startsWith('unfinished'))).toEqual(
      [],
    );
  });

  it('of imports wait in line, tell how far they are, and leave the service quick', async () => {
    const before = await total();
    const delay = monitorEventLoopDelay({ resolution: 5 });
    const [first, second] = [await large(20_000, 100_000), await large(3_000, 200_000)];
    delay.enable();
    const jobs = [await begin(service.app, 'imports', first), await begin(service.app, 'imports', second)];
    const seen: number[] = [];
    const answers: number[] = [];
    const one = await ended(service.app, jobs[0]!, ({ rowsRead }) => {
      seen.push(rowsRead);
    });
    for (let at = 0; at < 5; at++) {
      const begun = performance.now();
      expect((await service.app.inject('/api/health')).statusCode).toBe(200);
      answers.push(performance.now() - begun);
    }
    const two = await ended(service.app, jobs[1]!);
    delay.disable();
    expect(one.import?.added).toBe(20_000);
    expect(two.import?.added).toBe(3_000);
    expect(two.import!.id).toBeGreaterThan(one.import!.id);
    expect(await total()).toBe(before + 23_000);
    expect(seen.some((rows) => rows > 0 && rows < 20_000)).toBe(true);
    // the work takes seconds; held by it the loop would stand still for most of them
    expect(delay.percentile(99) / 1e6).toBeLessThan(250);
    expect(Math.max(...answers)).toBeLessThan(1_000);
  });

  it('of trial runs give way to the next of the same file', async () => {
    const request = await large(30_000, 300_000);
    const former = await begin(service.app, 'trials', request);
    const next = await begin(service.app, 'trials', request);
    expect(await ended(service.app, former)).toMatchObject({ state: 'failed', trial: null });
    const done = await ended(service.app, next);
    expect(done.trial).toMatchObject({ rowsRead: 30_000, accepted: 30_000 });
    expect(done.trial?.points).toHaveLength(2_000);
  });

  it('that nobody began are not found', async () => {
    for (const method of ['GET', 'DELETE'] as const) {
      expect((await service.app.inject({ method, url: '/api/jobs/none' })).statusCode).toBe(404);
    }
  });
});
