import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { openTables, type Tables } from '../../server/import/open-tables.ts';
import { zipLimits } from '../../server/import/open-zip.ts';
import { readRows } from '../../server/import/read-rows.ts';
import type { Rows } from '../../server/import/rows.ts';
import { inlineRows, temporaryFile, workbookOf, zipOf } from '../helpers/pack-files.ts';
import { describeWithSharedData, sharedData } from '../helpers/shared-data.ts';

const csv = 'id,place\n1,York\n';
const point = '{"type":"Feature","properties":{"a":1},"geometry":null}';

async function fieldsOf(rows: Rows) {
  const fields: (readonly string[])[] = [];
  for await (const batch of rows.batches) fields.push(...batch.map((row) => row.fields));
  await rows.close();
  return fields;
}

const open = (files: Parameters<typeof zipOf>[0], limits = zipLimits) =>
  openTables(temporaryFile('police.zip', zipOf(files)), { limits });
const namesOf = ({ tables }: Tables) => tables.map(({ name }) => name);

describe('what a file holds', () => {
  test.each<[what: string, content: string | Uint8Array, kind: Tables['kind']]>([
    ['a CSV', csv, 'csv'],
    ['a gzipped CSV', gzipSync(csv), 'csv'],
    ['GeoJSON', `{"type":"FeatureCollection","features":[${point}]}`, 'geojson'],
    ['a feature a line', `${point}\n${point}\n`, 'geojson'],
    [
      'a workbook',
      workbookOf({
        sheets: [
          {
            name: 'S',
            rows: inlineRows([
              ['a', 'b'],
              [1, 2],
            ]),
          },
        ],
      }),
      'xlsx',
    ],
    ['a zip', zipOf({ 'a.csv': csv }), 'zip'],
  ])('%s is told by its content, not by its name', async (_, content, kind) => {
    const path = temporaryFile('anything.dat', content);
    const tables = await openTables(path, { name: 'the upload' });
    expect([tables.kind, tables.tables.length]).toEqual([kind, 1]);
    const rows = await (tables.tables[0] as Tables['tables'][number]).open();
    expect(await fieldsOf(rows)).not.toEqual([]);
    tables.close();
  });

  test('the files of a zip are read by themselves, with lengths and hashes of their own', async () => {
    const tables = await open({
      '2024-02/2024-02-x-street.csv': csv,
      '2024-01/2024-01-x-street.csv': `${csv}2,Ripon\n`,
    });
    expect(tables.tables.map(({ name, path, bytes }) => [name, path, bytes])).toEqual([
      ['2024-01/2024-01-x-street.csv', 'police.zip/2024-01/2024-01-x-street.csv', 24],
      ['2024-02/2024-02-x-street.csv', 'police.zip/2024-02/2024-02-x-street.csv', 16],
    ]);
    for (const [index, text] of [`${csv}2,Ripon\n`, csv].entries()) {
      const rows = await (tables.tables[index] as Tables['tables'][number]).open();
      expect(rows.name).toBe(tables.tables[index]?.path);
      expect(await fieldsOf(rows)).toHaveLength(2 - index);
      expect(rows.sha256()).toBe(createHash('sha256').update(text).digest('hex'));
      expect([rows.bytesRead(), rows.bytesTotal]).toEqual([text.length, text.length]);
    }
    tables.close();
  });

  test('what a person tells of the layout is heeded within a zip', async () => {
    const tables = await open({ 'a.csv': 'a,b;c\n1,2;3\n' });
    const rows = await tables.tables[0]?.open({ delimiter: ';' });
    expect(rows?.header).toEqual(['a,b', 'c']);
    tables.close();
  });

  test('the first table is read unless another is named', async () => {
    const path = temporaryFile('two.zip', zipOf({ 'b.csv': 'x\n2\n', 'a.csv': 'x\n1\n' }));
    expect(await fieldsOf(await readRows(path))).toEqual([['1']]);
    expect(await fieldsOf(await readRows(path, { table: 'b.csv' }))).toEqual([['2']]);
    await expect(readRows(path, { table: 'c.csv' })).rejects.toThrow(
      'two.zip has no table "c.csv". It has: "a.csv", "b.csv".',
    );
  });

  test('what cannot be read in a zip is passed over with the reason', async () => {
    const tables = await open({
      'data.csv': csv,
      'folder/': '',
      'empty.csv': '',
      'notes.pdf': '%PDF-1.7',
      'map.shp': Buffer.from([0, 0, 0x27, 0x0a]),
      'page.html': '<!DOCTYPE html>',
      'more.zip': zipOf({ 'a.csv': csv }),
      'more.csv.gz': gzipSync(csv),
      'readme.md': 'Read, me\n',
      'points.geojson': `{"type":"FeatureCollection","features":[${point}]}`,
      '__MACOSX/._data.csv': 'a',
      '.DS_Store': 'b',
    });
    expect(namesOf(tables)).toEqual(['data.csv', 'points.geojson']);
    expect(tables.passedOver.map(({ name, reason }) => `${name} ${reason}`)).toEqual([
      'empty.csv is empty',
      'notes.pdf is a PDF document',
      'map.shp is not a text file',
      'page.html is a web page',
      'more.zip is an archive within the archive',
      'more.csv.gz is an archive within the archive',
      'readme.md is a .md file',
      '__MACOSX/._data.csv is a file of the operating system',
      '.DS_Store is a file of the operating system',
    ]);
    tables.close();
  });

  test('a name that points elsewhere is a label and no more', async () => {
    const tables = await open({ '../../etc/passwd.csv': csv, '/root/a.csv': csv, 'C:\\é\u001b[2J.csv': csv });
    expect(namesOf(tables)).toEqual(['../../etc/passwd.csv', '/root/a.csv', 'C:/é?[2J.csv']);
    expect(await fieldsOf((await tables.tables[0]?.open()) as Rows)).toEqual([['1', 'York']]);
    tables.close();
  });
});

describe('refusing archives', () => {
  const zeros = new Uint8Array(20 * 2 ** 20).fill(0x30);

  test('one that unpacks to far more than it looks', async () => {
    await expect(open({ 'a.csv': zeros })).rejects.toThrow('police.zip holds a file packed beyond belief');
    await expect(open({ 'a.csv': csv, 'b.csv': csv }, { ...zipLimits, unpackedBytes: 30 })).rejects.toThrow(
      'police.zip would unpack to more than',
    );
  });

  test('one with too many files', async () => {
    const files = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`${index}.csv`, '']));
    await expect(open(files)).rejects.toThrow('police.zip holds 10,001 files, and 10,000 are the most that are taken.');
  });

  test('one whose files share their bytes, as bombs do', async () => {
    const bytes = Buffer.from(zipOf({ 'a.csv': `id,place\n${randomText(5_000)}`, 'b.csv': 'x' }));
    const at = bytes.lastIndexOf('PK\x01\x02', bytes.length);
    const first = bytes.indexOf('PK\x01\x02');
    for (const offset of [20, 24]) bytes.writeUInt32LE(bytes.readUInt32LE(first + offset), at + offset);
    bytes.writeUInt32LE(bytes.readUInt32LE(first + 42), at + 42);
    await expect(openTables(temporaryFile('shared.zip', bytes))).rejects.toThrow('holds files that share their bytes');
  });

  test('one that says less of its files than comes out of them', async () => {
    const bytes = Buffer.from(zipOf({ 'a.csv': csv.repeat(99_999) }));
    bytes.writeUInt32LE(1_000, bytes.indexOf('PK\x01\x02') + 24);
    const tables = await openTables(temporaryFile('liar.zip', bytes)).catch((error: Error) => error);
    expect(tables).toBeInstanceOf(InputError);
    expect((tables as Error).message).toContain('liar.zip/a.csv is a ZIP archive, or a file in one, that is damaged');
  });

  test.each<[what: string, content: Buffer, message: string]>([
    ['an empty one', zipOf({}), 'police.zip is a ZIP archive without a CSV or GeoJSON file in it.'],
    ['one without tables', zipOf({ 'a.pdf': '%PDF' }), 'a.pdf, for one, is a PDF document'],
    ['one cut short', zipOf({ 'a.csv': csv }).subarray(0, -30), 'that is damaged or cut short'],
    ['one packed again', gzipSync(zipOf({ 'a.csv': csv })), 'packed once more with gzip. Unpack the gzip first.'],
    [
      'one with a password',
      patched(zipOf({ 'a.csv': csv }), 8, 1),
      'police.zip/a.csv is locked with a password. Unpack the archive',
    ],
    ['one packed uncommonly', patched(zipOf({ 'a.csv': csv }), 10, 9), 'police.zip/a.csv is packed in an uncommon way'],
  ])('%s', async (_, content, message) => {
    const path = temporaryFile('police.zip', content);
    await expect(openTables(path)).rejects.toThrow(InputError);
    await expect(openTables(path)).rejects.toThrow(message);
  });

  test('a file whose bytes have changed is found out when it is read', async () => {
    const bytes = zipOf({ 'a.csv': `id,place\n${randomText(200_000)}` });
    bytes.writeUInt32LE(12345, bytes.indexOf('PK\x01\x02') + 16);
    const tables = await openTables(temporaryFile('police.zip', bytes));
    const rows = (await tables.tables[0]?.open()) as Rows;
    await expect(fieldsOf(rows)).rejects.toThrow('its checksum is wrong');
    await rows.close();
    tables.close();
  });
});

/** Changes a two-byte field of the first file's entry in the list at the end of an archive. */
function patched(bytes: Buffer, offset: number, value: number): Buffer {
  bytes.writeUInt16LE(value, bytes.indexOf('PK\x01\x02') + offset);
  return bytes;
}

/** Rows that do not pack well, the same each time. */
function randomText(rows: number): string {
  let state = 1;
  const next = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
  return Array.from({ length: rows }, () => `${next()},${next()}`).join('\n');
}

describeWithSharedData('an archive of police months', () => {
  test('is read file by file as the files themselves are', async () => {
    const names = ['2024-01/2024-01-cleveland-street.csv', '2024-02/2024-02-cleveland-street.csv'];
    const pathOf = (name: string) => sharedData(`police-uk/cleveland/${name.slice(8)}`);
    const tables = await open(Object.fromEntries(names.map((name) => [name, readFileSync(pathOf(name))])));
    expect(namesOf(tables)).toEqual(names);
    for (const table of tables.tables) {
      const [packed, plain] = [await table.open(), await readRows(pathOf(table.name))];
      expect(await fieldsOf(packed)).toEqual(await fieldsOf(plain));
      expect(packed.sha256()).toBe(plain.sha256());
    }
    tables.close();
  });
});
