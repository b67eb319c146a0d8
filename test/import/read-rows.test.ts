import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { type ReadOptions, readRows } from '../../server/import/read-rows.ts';
import { readingOptionsSchema } from '../../server/import-model.ts';
import { rowsOf, streamOf } from '../helpers/import-fixtures.ts';
import { describeWithSharedData, sharedData } from '../helpers/shared-data.ts';

const table = 'name,place\r\nCafé – "1",York\r\nZoë,Hartlepool\r\n';
const cells = [
  ['Café – "1"', 'York'],
  ['Zoë', 'Hartlepool'],
];

describe('reading encodings', () => {
  test.each([
    ['UTF-8', Buffer.from(table)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${table}`)],
    ['UTF-16 LE with a byte order mark', iconv.encode(table, 'utf-16le', { addBOM: true })],
    ['UTF-16 LE without one', iconv.encode(table, 'utf-16le')],
    ['UTF-16 BE with a byte order mark', iconv.encode(table, 'utf-16be', { addBOM: true })],
    ['UTF-16 BE without one', iconv.encode(table, 'utf-16be')],
    ['cp1252', iconv.encode(table, 'windows-1252')],
  ])('%s is found by itself, in whole and byte by byte', async (_, bytes) => {
    for (const pieceLength of [1, 3, 65_536]) {
      const { header, fields } = await rowsOf(bytes, pieceLength);
      expect(header).toEqual(['name', 'place']);
      expect(fields).toEqual(cells);
    }
  });

  test('a cp1252 letter long after the beginning is still read', async () => {
    const plain = 'a,b\n'.repeat(100_000);
    const bytes = iconv.encode(`x,y\n${plain}caf\u00e9 \u2013,1\n`, 'windows-1252');
    const { fields } = await rowsOf(bytes);
    expect(fields).toHaveLength(100_001);
    expect(fields.at(-1)).toEqual(['café –', '1']);
  });

  test('a file glued together from UTF-8 and cp1252 is read line by line', async () => {
    const bytes = Buffer.concat([Buffer.from('a,b\nZoë,1\n'), iconv.encode('Zoë,2\n', 'windows-1252')]);
    expect((await rowsOf(bytes)).fields).toEqual([
      ['Zoë', '1'],
      ['Zoë', '2'],
    ]);
  });
});

describe('what a person knows better', () => {
  test('an encoding told is taken for every line, and its byte order mark is not text', async () => {
    const bytes = iconv.encode(table, 'utf-8', { addBOM: true });
    const told = (encoding: NonNullable<ReadOptions['encoding']>) => rowsOf(bytes, undefined, { encoding });
    expect((await told('utf-8')).header).toEqual(['name', 'place']);
    expect((await told('windows-1252')).fields[1]).toEqual(['ZoÃ«', 'Hartlepool']);
    const wide = iconv.encode('a;b\n1;2\n', 'utf-16be', { addBOM: true });
    expect((await rowsOf(wide, 3, { encoding: 'utf-16be' })).header).toEqual(['a', 'b']);
  });

  test('a delimiter told is taken, whatever the header looks like', async () => {
    const { header, fields } = await rowsOf('a,b,c;d\n1,2,3;4\n', undefined, { delimiter: ';' });
    expect([header, fields]).toEqual([['a,b,c', 'd'], [['1,2,3', '4']]]);
  });

  test('what was found out is told', async () => {
    const layouts = [
      table,
      iconv.encode(table, 'windows-1252'),
      iconv.encode('a\tb\n1\t2\n', 'utf-16le', { addBOM: true }),
    ];
    const found = await Promise.all(layouts.map(async (content) => (await rowsOf(content)).rows.layout));
    expect(found).toEqual([
      { kind: 'csv', encoding: 'utf-8', delimiter: ',' },
      { kind: 'csv', encoding: 'windows-1252', delimiter: ',' },
      { kind: 'csv', encoding: 'utf-16le', delimiter: '\t' },
    ]);
  });
});

describe('reading layouts', () => {
  test.each([
    [',', 'comma'],
    [';', 'semicolon'],
    ['\t', 'tab'],
    ['|', 'vertical bar'],
  ])('the delimiter %j (%s) is found by itself', async (delimiter) => {
    const { header, fields } = await rowsOf(
      `a,b;c\td|e\n1\n`.replaceAll(/[,;\t|]/g, delimiter).replace('1', ['1', '2', '3', '4', '5'].join(delimiter)),
    );
    expect(header).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(fields).toEqual([['1', '2', '3', '4', '5']]);
  });

  test('rarer delimiters are found or told', async () => {
    expect((await rowsOf('a^b, with a comma^c\n1^2^3\n')).header).toEqual(['a', 'b, with a comma', 'c']);
    expect((await rowsOf('a¬b\n1¬2\n', undefined, { delimiter: '¬' })).fields).toEqual([['1', '2']]);
    for (const wrong of ['', ',,', 'x', '1', '"', ' ', '\n']) {
      expect(readingOptionsSchema.safeParse({ delimiter: wrong }).success, JSON.stringify(wrong)).toBe(false);
    }
  });

  test('delimiters inside quotation marks do not mislead', async () => {
    const { header } = await rowsOf('"a,b,c,d,e";f\n1;2\n');
    expect(header).toEqual(['a,b,c,d,e', 'f']);
  });

  test('a spreadsheet\'s "sep=" line names the delimiter and is not the header', async () => {
    const { header, records } = await rowsOf('sep=;\r\na;b\r\n1,5;2\r\n');
    expect(header).toEqual(['a', 'b']);
    expect(records).toEqual([{ line: 3, fields: ['1,5', '2'], problem: null }]);
  });

  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('%s line ends are read, with and without one at the end', async (_, end) => {
    for (const last of ['', end]) {
      const { fields } = await rowsOf(`a,b${end}1,2${end}3,4${last}`);
      expect(fields).toEqual([
        ['1', '2'],
        ['3', '4'],
      ]);
    }
  });

  test('a record is numbered by the line it starts on, past quoted newlines and blank lines', async () => {
    const { records } = await rowsOf('a,b\n"one\ntwo",2\n\n,\n3,4\n');
    expect(records.map(({ line, fields }) => [line, fields[0]])).toEqual([
      [2, 'one\ntwo'],
      [6, '3'],
    ]);
  });

  test('a quotation mark inside an unquoted cell is a plain character', async () => {
    expect((await rowsOf('a,b\n12" pipe,5\' 3"\nx,y\n')).fields).toEqual([
      ['12" pipe', '5\' 3"'],
      ['x', 'y'],
    ]);
  });

  test('text after a closing quotation mark is a fault of that record alone', async () => {
    const { records } = await rowsOf('a,b\n"big" house,2\n"ok",3\n');
    expect(records[0]?.problem).toContain('text after a closing quotation mark');
    expect(records[1]).toEqual({ line: 3, fields: ['ok', '3'], problem: null });
  });

  test('gzip is unpacked, and hash and bytes are those of the stored file', async () => {
    const packed = gzipSync(table);
    const { fields, rows } = await rowsOf(packed, 1);
    expect(fields).toEqual(cells);
    expect(rows.bytesRead()).toBe(packed.length);
    expect(rows.sha256()).toBe(createHash('sha256').update(packed).digest('hex'));
  });

  test('a file is read from disk with its size and name', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'rows-')), 'ours.csv');
    writeFileSync(path, table);
    const rows = await readRows(path);
    expect([rows.name, rows.bytesTotal]).toEqual(['ours.csv', Buffer.byteLength(table)]);
    await rows.close();
    await rows.close();
  });
});

describe('refusing what is not a table', () => {
  test.each<[what: string, content: string | Uint8Array, message: string]>([
    ['an empty file', '', 'test.csv is empty. Export it again.'],
    ['blank lines only', '\n\n  \n', 'test.csv has only blank lines.'],
    ['a header only', 'a,b,c\n', 'test.csv has a header but no rows.'],
    [
      'a ZIP archive that streams in',
      'PK\x03\x04rest',
      'test.csv is a ZIP archive or a workbook, which cannot be read as it streams in. Save it as a file',
    ],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'test.csv is an old Excel workbook (.xls)'],
    ['a PDF', '%PDF-1.7\n', 'test.csv is a PDF document'],
    ['a PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d]), 'test.csv is a PNG image'],
    ['a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'test.csv is a JPEG image'],
    ['a JSON object', '{"rows":[]}', 'test.csv is JSON, not a CSV file. Export the table as CSV, or as GeoJSON'],
    ['a JSON list', ' [\n {"a":1}]', 'test.csv is JSON'],
    ['a web page', '\n<!DOCTYPE html><html>', 'test.csv is a web page, not a CSV file. The download may have failed'],
    ['XML', '\ufeff<?xml version="1.0"?>', 'test.csv is XML'],
    ['NUL bytes', 'a,b\n1,2\n3,\0\n', 'test.csv has a NUL byte near line 3'],
    [
      'an unclosed quotation mark',
      'a,b\n1,2\n"3,4\n5,6\n',
      'the record that begins on line 3 of test.csv is never closed',
    ],
    [
      'cut-off gzip',
      gzipSync('a,b\n'.repeat(9999)).subarray(0, 60),
      'test.csv is a gzip file that is damaged or cut short',
    ],
    [
      'a broken quotation in the header',
      '"a"b,c\n1,2\n',
      'In the header of test.csv there is text after a closing quotation mark',
    ],
  ])('%s', async (_, content, message) => {
    await expect(rowsOf(content)).rejects.toThrow(InputError);
    await expect(rowsOf(content)).rejects.toThrow(message);
  });

  test('a line without end is refused after a few megabytes, not read into memory', async () => {
    let produced = 0;
    const endless = Readable.from(
      (function* () {
        yield Buffer.from('a,b\n1,2\n');
        for (;;) {
          produced += 1 << 20;
          yield Buffer.alloc(1 << 20, 'x');
        }
      })(),
    );
    const rows = await readRows(endless, { name: 'huge.csv' });
    const drain = async () => {
      for await (const _ of rows.batches);
    };
    await expect(drain()).rejects.toThrow(
      'The record that begins on line 3 of huge.csv is longer than 1,048,576 characters',
    );
    expect(produced).toBeLessThan(16 << 20);
  });

  test('a file that is not there, and a folder, are named', async () => {
    await expect(readRows('/no/such.csv')).rejects.toThrow('There is no file /no/such.csv.');
    await expect(readRows(tmpdir())).rejects.toThrow('is a folder, not a file');
  });

  test('a stream that breaks ends the reading with its error', async () => {
    const broken = new Readable({
      read() {
        this.destroy(new Error('the line went dead'));
      },
    });
    await expect(readRows(broken)).rejects.toThrow('the line went dead');
  });
});

test('memory stays flat over a long file', async () => {
  const line = Buffer.from(`${'x'.repeat(99)},1\n`.repeat(2600));
  const pieces = function* () {
    yield Buffer.from('a,b\n');
    for (let i = 0; i < 150; i++) yield line;
  };
  const rows = await readRows(Readable.from(pieces()));
  let count = 0;
  let highest = 0;
  for await (const batch of rows.batches) {
    count += batch.length;
    highest = Math.max(highest, process.memoryUsage().heapUsed);
  }
  expect(count).toBe(390_000);
  expect(highest).toBeLessThan(400e6);
});

describeWithSharedData('reading published files', () => {
  test.each([
    ['fire/avon_fire_incidents_2014-07_cp1252.csv', 1084, 36],
    ['fire/lfb_incident_data_sample.csv', 20, 39],
    ['incidents/nyc_vehicle_thefts_start_end.csv.gz', 35_746, 9],
    ['incidents/milwaukee_calls_for_service_2018-05.csv.gz', 33_968, 8],
    ['incidents/houston_crime_2010.csv.gz', 86_314, 17],
    ['police-uk/stop-and-search/2023-06-cleveland-stop-and-search.csv', 683, 15],
  ])('%s has %d rows of %d cells', async (path, count, width) => {
    const rows = await readRows(sharedData(path));
    const widths = new Set<number>();
    let read = 0;
    for await (const batch of rows.batches) {
      read += batch.length;
      for (const { fields } of batch) widths.add(fields.length);
    }
    expect(read).toBe(count);
    expect([rows.header.length, ...widths]).toEqual([width, width]);
  });

  test('the dash of a cp1252 file comes out as a dash', async () => {
    const rows = await readRows(sharedData('fire/avon_fire_incidents_2014-07_cp1252.csv'));
    const found: string[] = [];
    for await (const batch of rows.batches) {
      for (const { fields } of batch) found.push(...fields.filter((cell) => cell.includes('others property')));
    }
    expect(found[0]).toContain('Deliberate – others property');
  });
});

test('what was opened and not read to the end can be let go', async () => {
  const stream = streamOf('a,b\n1,2\n'.repeat(99_999));
  const rows = await readRows(stream);
  await rows.close();
  expect(stream.destroyed).toBe(true);
  expect(() => rows.sha256()).toThrow('has not been read to its end');
});
