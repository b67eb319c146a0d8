import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findFiles } from '../../server/flows/find-files.ts';
import { describePassedOver, findTables } from '../../server/flows/find-tables.ts';
import { inlineRows, workbookOf, zipOf } from '../helpers/pack-files.ts';

const csv = 'a,b\n1,2\n';
const points = '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":null}]}';
const street = { name: 'street', files: ['*-street.csv'] };
const any = { name: 'any' };

/** A new folder with the given files in it. */
function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'finding-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

async function find(path: string, profile: { name: string; files?: string[] }, table?: string) {
  const found: { names: string[]; note: string | null }[] = [];
  for (const file of await findFiles([path])) {
    const { tables, note, close } = await findTables(file, file.path, { profile, table });
    close();
    const start = path.lastIndexOf('/') + 1;
    found.push({ names: tables.map((one) => one.path.slice(start)), note: note?.slice(start) ?? null });
  }
  return found;
}

const sheet = (name: string) => ({
  name,
  rows: inlineRows([
    ['a', 'b'],
    [1, 2],
  ]),
});

describe('finding files', () => {
  test('a folder is looked through for every kind of table, and not for what this service has written', async () => {
    const folder = folderOf({
      'a.csv': csv,
      'b/c.CSV.gz': csv,
      'd.xlsx': '',
      'e.geojson': points,
      'f.json': points,
      'g.zip': '',
      'package.json': '{"name":"x"}',
      'empty.json': '',
      'a.rejects.csv': csv,
      'a.report.json': points,
      '~$d.xlsx': '',
      'notes.md': '',
    });
    const found = await findFiles([folder, join(folder, 'notes.md'), '-']);
    expect(found.map(({ path, kind }) => `${kind}: ${path.replace(`${folder}/`, '')}`)).toEqual([
      'in a folder: a.csv',
      'in a folder: b/c.CSV.gz',
      'in a folder: d.xlsx',
      'in a folder: e.geojson',
      'in a folder: f.json',
      'in a folder: g.zip',
      'named: notes.md',
      'stream: -',
    ]);
    await expect(findFiles([folderOf({ 'notes.md': '' })])).rejects.toThrow(
      'holds no CSV, Excel, GeoJSON or ZIP files',
    );
  });
});

describe('choosing tables', () => {
  const zip = zipOf({
    '2024-01/2024-01-x-street.csv': csv,
    '2024-01/2024-01-x-outcomes.csv': csv,
    '2024-02/2024-02-x-STREET.csv': csv,
    'licence.pdf': '%PDF',
  });

  test('of a zip the files are taken that the profile is for, and one sentence tells of the others', async () => {
    const path = join(folderOf({ 'police.zip': zip }), 'police.zip');
    expect(await find(path, street)).toEqual([
      {
        names: ['police.zip/2024-01/2024-01-x-street.csv', 'police.zip/2024-02/2024-02-x-STREET.csv'],
        note: 'police.zip: 2 files taken, 2 passed over: 2024-01/2024-01-x-outcomes.csv, licence.pdf, which is a PDF document; the profile street is for files named *-street.csv',
      },
    ]);
    expect((await find(path, any))[0]).toMatchObject({
      names: { length: 3 },
      note: 'police.zip: 3 files taken, 1 passed over: licence.pdf, which is a PDF document',
    });
  });

  test('a file in a zip may be named, whatever the profile is for', async () => {
    const path = join(folderOf({ 'police.zip': zip }), 'police.zip');
    const name = '2024-01/2024-01-x-outcomes.csv';
    expect(await find(path, street, name)).toEqual([{ names: [`police.zip/${name}`], note: null }]);
    await expect(find(path, street, 'none.csv')).rejects.toThrow('has no table "none.csv"');
  });

  test('a zip without a file the profile is for is refused, and passed over in a folder', async () => {
    const folder = folderOf({ 'police.zip': zip, 'a-fires.csv': csv, 'b-fires.csv': csv });
    const fires = { name: 'fires', files: ['*-fires.csv'] };
    await expect(find(join(folder, 'police.zip'), fires)).rejects.toThrow(
      'and the profile fires is for files named *-fires.csv. Choose another profile, or name a file in it by --table.',
    );
    expect((await find(folder, fires)).map(({ names }) => names.length)).toEqual([1, 1, 0]);
    expect((await find(join(folder, 'a-fires.csv'), street)).map(({ names }) => names.length)).toEqual([1]);
    expect(describePassedOver(['1', '2', '3', '4', '5'], fires)).toBe(
      '5 files passed over: 1, 2, 3 and 2 more; the profile fires is for files named *-fires.csv',
    );
  });

  test('of a workbook the first sheet is taken, and the others are told of', async () => {
    const workbook = workbookOf({ sheets: [sheet('April'), sheet('May'), sheet('June')] });
    const path = join(folderOf({ 'log.xlsx': workbook }), 'log.xlsx');
    expect(await find(path, any)).toEqual([
      {
        names: ['log.xlsx/April'],
        note: 'log.xlsx: the sheet "April" is taken, "May", "June" passed over (--table names another)',
      },
    ]);
    expect(await find(path, any, 'June')).toEqual([{ names: ['log.xlsx/June'], note: null }]);
  });
});
