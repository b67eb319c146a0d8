import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Areas, Catalog, Summary } from '../server/model.ts';
import { databaseKind, freshDatabase, type TestDatabase } from './helpers/database.ts';
import { inlineRows, workbookOf, zipOf } from './helpers/pack-files.ts';
import { type RunningService, runCommand, startService } from './helpers/service.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotspot-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const header = 'id,category,occurred_from,lat,lng,location,flags\n';
const line = (id: string, day: string, more = '54.686,-1.212') =>
  `${id},violence.with-injury,${day},${more},Tower Street,\n`;

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('the command line, used wrongly', () => {
  // none of these may touch a database: this one would be refused
  const nowhere: TestDatabase = {
    databaseUrl: 'postgres://nobody@127.0.0.1:1/none',
    dataDirectory: '/nowhere',
    remove: async () => {},
  };
  const wrong: [string[], string][] = [
    [['explode'], 'there is no command "explode"'],
    [['import', 'a.csv'], 'import needs --profile'],
    [['import', 'a.csv', '--profil', 'x'], "Unknown option '--profil'"],
    [
      ['import', 'a.csv', '--profile', 'x', '--delimiter', 'dot'],
      '--delimiter: "dot" is not comma, semicolon, tab, bar or a single sign',
    ],
    [
      ['import', 'a.csv', '--profile', 'x', '--encoding', 'ebcdic'],
      '--encoding: "ebcdic" is not one of utf-8, windows-1252',
    ],
    [['areas', 'a', 'b', '--layer', 'ward'], 'areas takes one GeoJSON file'],
    [['areas', '--layer', 'ward'], 'areas takes one GeoJSON file, or --population <csv> for areas that are held'],
    [['areas', 'a', '--layer', 'ward', '--column', 'pop'], '--column names a column of the file of --population'],
    [['areas', '--layer', 'ward', '--population', 'a.csv', '--code', 'ref'], '--code and --name are properties of'],
    [
      ['areas', 'a.geojson', '--layer', 'ward', '--valid-from', '2025-02-30'],
      '--valid-from: "2025-02-30" is not a day',
    ],
    [['status', 'please'], '"please" is one word too many'],
    [['quality', 'police', 'fire'], 'quality takes one source'],
    [['quality', 'police', '--import', '3'], 'a source or --import, not both'],
    [['quality', '--import', 'x'], '--import: "x" is not the number of an import'],
    [['reset'], 'add --yes'],
  ];

  it('says what is wrong and how it is used, on standard error, and exits with 2', async () => {
    // a few at a time: each is a process of its own
    for (let from = 0; from < wrong.length; from += 4) {
      await Promise.all(
        wrong.slice(from, from + 4).map(async ([words, message]) => {
          const { code, output, errors } = await runCommand(nowhere, words);
          expect([code, output], words.join(' ')).toEqual([2, '']);
          expect(errors.split('\n')[0]).toContain(`hotspot: `);
          expect(errors.split('\n')[0]).toContain(message);
          expect(errors).toContain('Usage: npm run hotspot -- <command>');
          expect(errors).not.toContain('    at ');
        }),
      );
    }
  });

  it('shows how it is used to who asks, and to who says nothing', async () => {
    const [help, nothing] = await Promise.all([runCommand(nowhere, ['--help']), runCommand(nowhere, [])]);
    expect([help!.code, nothing!.code]).toEqual([0, 2]);
    expect(help!.output).toContain('Usage: npm run hotspot');
    expect(nothing!.output).toBe(help!.output);
  });

  it('ends with 1 and one line when the database is not there', async () => {
    const { code, errors } = await runCommand(nowhere, ['status']);
    expect(code).toBe(1);
    expect(errors).toMatch(/^hotspot: cannot use PostgreSQL at 127\.0\.0\.1:1, database none: [^\n]+\n$/);
  });
});

describe(`the command line beside a running service, on ${databaseKind}`, () => {
  let options: TestDatabase;
  let service: RunningService;
  const run = (words: readonly string[], input?: string | Buffer) =>
    runCommand(options, words, input === undefined ? {} : { input });
  const get = async <T>(path: string) => (await (await fetch(`${service.url}${path}`)).json()) as T;
  const total = async () => (await get<Summary>('/api/summary')).total;

  beforeAll(async () => {
    options = await freshDatabase('empty');
    service = await startService(options, { HOTSPOT_DEMO: 'off' });
  });
  afterAll(async () => {
    await service?.stop();
    await options?.remove();
  });

  it('imports a file, and the service shows it when the command returns', async () => {
    const path = file(
      'january.csv',
      header + line('1', '2023-01-05T10:00') + line('2', '2023-01-06') + line('3', '2023-02-31'),
    );
    const { code, output, errors } = await run(['import', path, '--profile', 'incidents']);
    expect([code, errors]).toEqual([0, '']);
    expect(output).toContain('3 rows read, 2 added, 0 changed, 0 as before, 1 rejected');
    const rejects = /rejected rows with reasons: (.*)/.exec(output)![1]!;
    expect(readFileSync(rejects, 'utf8')).toContain('2023-02-31');
    expect(await total()).toBe(2);
  });

  it('imports standard input', async () => {
    const text = header + line('2', '2023-01-06') + line('4', '2023-03-01') + line('5', '2023-03-02', ',');
    const { code, output } = await run(['import', '-', '--profile', 'incidents'], text);
    expect(code).toBe(0);
    expect(output).toBe(
      'standard input: 3 rows read, 2 added, 0 changed, 1 as before, 0 rejected, 1 without a place.\n',
    );
    expect(await get<Summary>('/api/summary')).toMatchObject({ total: 4, located: 3 });
  });

  it('imports a folder, file by file in the order of their names, and sums up', async () => {
    mkdirSync(join(folder, 'year', 'deep'), { recursive: true });
    file('year/b.csv', header + line('7', '2023-05-01'));
    file('year/deep/a.csv', header + line('8', '2023-06-01'));
    file('year/notes.md', 'not a table');
    const { code, output } = await run(['import', join(folder, 'year'), '--profile', 'incidents']);
    expect(code).toBe(0);
    const places = ['b.csv', 'deep/a.csv'].map((name) => join(folder, 'year', name));
    expect(output.split('\n').map((text) => text.split(':')[0])).toEqual([...places, '2 files', '']);
    expect(await total()).toBe(6);
  });

  it('imports a zip file by file, and a workbook, each with its own report', async () => {
    const month = (id: string, day: string) => header + line(id, day);
    const members = {
      'in/2023-06.csv': month('2', '2023-01-06'),
      'in/2023-07.csv': month('7', '2023-05-01'),
      'x.pdf': '%PDF',
    };
    const zip = join(folder, 'months.zip');
    writeFileSync(zip, zipOf(members));
    const rows = header.trim().split(',');
    const workbook = join(folder, 'log.xlsx');
    const cells = ['4', 'violence.with-injury', '2023-03-01', 54.686, -1.212, 'Tower Street', null];
    writeFileSync(workbook, workbookOf({ sheets: [{ name: 'Log', rows: inlineRows([rows, cells]) }] }));
    const { code, output, errors } = await run(['import', zip, workbook, '--profile', 'incidents']);
    expect([code, errors]).toEqual([0, '']);
    expect(output.split('\n').map((text) => text.split(': ')[0])).toEqual([
      zip,
      `${zip}/in/2023-06.csv`,
      `${zip}/in/2023-07.csv`,
      workbook,
      '3 files',
      '',
    ]);
    expect(output).toContain('3 files: 3 rows read, 0 added, 0 changed, 3 as before, 0 rejected.');
    const reports = readdirSync(join(options.dataDirectory, 'reports')).join(' ');
    expect(reports).toMatch(/-1-2023-06\.report\.json .*-2-2023-07\.report\.json .*-3-log\.report\.json/);
  });

  it('heeds what a person tells of a file', async () => {
    const path = file(
      'told.csv',
      `id;category;occurred_from;lat;lng;a,b,c,d,e,f,g,h,i\n4;violence.with-injury;2023-03-01;54.686;-1.212;x\n`,
    );
    const untold = await run(['import', path, '--profile', 'incidents']);
    const told = await run([
      'import',
      path,
      '--profile',
      'incidents',
      '--delimiter',
      'semicolon',
      '--encoding',
      'utf-8',
    ]);
    expect([untold.code, told.code]).toEqual([1, 0]);
    expect(told.output).toContain('1 rows read');
  });

  it('takes in nothing of a file that it cannot read, and says why in one line', async () => {
    const missing = await run(['import', join(folder, 'not-there.csv'), '--profile', 'incidents']);
    const noColumns = await run(['import', file('other.csv', 'a,b\n1,2\n'), '--profile', 'incidents']);
    const noProfile = await run(['import', file('other.csv', header), '--profile', 'nonsense']);
    for (const { code, output, errors } of [missing, noColumns, noProfile]) {
      expect([code, output]).toEqual([1, '']);
      expect(errors).toMatch(/^hotspot: [^\n]+\n$/);
    }
    expect(missing.errors).toContain('not-there.csv');
    expect(noColumns.errors).toMatch(/category.*occurred_from/);
    expect(noProfile.errors).toContain('police-uk-street');
    expect(await total()).toBe(6);
  });

  it('loads areas, and the service counts in them when the command returns', async () => {
    const ring = [
      [-1.3, 54.6],
      [-1.1, 54.6],
      [-1.1, 54.8],
      [-1.3, 54.8],
      [-1.3, 54.6],
    ];
    const ward = {
      type: 'Feature',
      properties: { WD25CD: 'E05000001', WD25NM: 'Headland' },
      geometry: { type: 'Polygon', coordinates: [ring] },
    };
    const path = file('wards.geojson', JSON.stringify({ type: 'FeatureCollection', features: [ward] }));
    const { code, output, errors } = await run(['areas', path, '--layer', 'ward', '--valid-from', '2025-05-01']);
    expect([code, errors]).toEqual([0, '']);
    expect(output).toContain('code from WD25CD, name from WD25NM');
    expect(await get<Areas>('/api/areas/ward')).toMatchObject({
      validFrom: '2025-05-01',
      outside: 0,
      areas: [{ code: 'E05000001', name: 'Headland', count: 5 }],
    });
  });

  it('tells what is held', async () => {
    const { code, output } = await run(['status']);
    expect(code).toBe(0);
    expect(output).toMatch(/\b6 incidents/);
    expect(output).toContain('ward');
    expect(output).toContain('standard input');
  });

  it('tells how good what is held is, of every source, of one, of one import, and of none that is not there', async () => {
    const [every, one, first, unknown, none] = [
      await run(['quality']),
      await run(['quality', 'incidents']),
      await run(['quality', '--import', '1']),
      await run(['quality', '--import', '999']),
      await run(['quality', 'nobody']),
    ];
    expect(every.output).toMatch(
      /^incidents: 6 incidents\n {2}- Two months are missing: 2023-02, 2023-04\. They are gaps, not zeros\.\n/,
    );
    expect(one).toEqual(every);
    expect(first.output).toMatch(
      /^Import 1 of incidents, .*january\.csv: 2 incidents\n {2}- 1 of 3 rows \(33 %\) were rejected/,
    );
    expect([unknown.code, none.code]).toEqual([1, 1]);
    expect(unknown.errors).toBe('hotspot: there is no import 999; the list of imports has their numbers\n');
    expect(none.errors).toBe('hotspot: there is no source "nobody"; the list of what is held names the sources\n');
  });

  it('leaves the service everything when that is stopped and started again', async () => {
    const before = await get<Catalog>('/api/catalog');
    expect(await service.stop('SIGTERM')).toBe(0);
    const alone = await run(['status']);
    expect(alone.code).toBe(0);
    service = await startService(options, { HOTSPOT_DEMO: 'off' });
    expect(await get<Catalog>('/api/catalog')).toEqual(before);
    expect(service.output()).toContain('Ready with 6 incidents');
  });

  it('forgets everything when told to, and the service with it', async () => {
    expect((await run(['reset', '--yes'])).code).toBe(0);
    expect(await get<Catalog>('/api/catalog')).toMatchObject({ incidents: 0, layers: [], sources: [], extent: null });
    expect((await run(['status'])).output).toMatch(/\b0 incidents/);
  });
});
