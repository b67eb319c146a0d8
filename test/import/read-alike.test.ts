import { execFile } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { strToU8, Zip, ZipDeflate } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readRows } from '../../server/import/read-rows.ts';
import { inlineRows, sheetXml, temporaryFile, workbookOf, workbookParts } from '../helpers/pack-files.ts';

type Cell = string | number;

const text = fc
  .string({
    unit: fc.constantFrom('a', 'é', '東', '"', ',', ';', ' ', '\n', '<', '&', '>', "'", '_x000D_', '{', '1', '😀'),
  })
  // A blank first cell in a narrow table would make a blank row, which is no row in any of the formats.
  .map((value) => `.${value}.`);
const number = fc.oneof(
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fc.double({ min: -180, max: 180, noNaN: true }).map((value) => Math.round(value * 1e6) / 1e6 || 0),
);
const table = fc
  .integer({ min: 2, max: 5 })
  .chain((width) =>
    fc.array(fc.array(fc.oneof(text, number), { minLength: width, maxLength: width }), { minLength: 1, maxLength: 20 }),
  );

async function fieldsOf(path: string) {
  const rows = await readRows(path);
  const fields: (readonly string[])[] = [];
  for await (const batch of rows.batches) fields.push(...batch.map((row) => row.fields));
  await rows.close();
  return { header: rows.header, fields };
}

const quoted = (cell: Cell) => `"${String(cell).replaceAll('"', '""')}"`;

describe('the same table', () => {
  test('reads alike from CSV, a workbook and GeoJSON', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const header = (rows[0] as Cell[]).map((_, index) => `column ${index}`);
        const csv = [header, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n');
        const features = rows.map((row) => ({
          type: 'Feature',
          properties: Object.fromEntries(row.map((cell, index) => [`column ${index}`, cell])),
          geometry: { type: 'Point', coordinates: [-1.21, 54.68] },
        }));
        const fromCsv = await fieldsOf(temporaryFile('t.csv', csv));
        const sheets = [{ name: 'S', rows: inlineRows([header, ...rows]) }];
        expect(await fieldsOf(temporaryFile('t.xlsx', workbookOf({ sheets })))).toEqual(fromCsv);
        for (const content of [
          JSON.stringify({ type: 'FeatureCollection', features }),
          features.map((feature) => JSON.stringify(feature)).join('\n'),
        ]) {
          const points = await fieldsOf(temporaryFile('t.geojson', content));
          expect(points.header).toEqual([...fromCsv.header, 'lng', 'lat']);
          expect(points.fields).toEqual(fromCsv.fields.map((row) => [...row, '-1.21', '54.68']));
        }
      }),
      { numRuns: 100 },
    );
  });
});

const run = promisify(execFile);
const counter = fileURLToPath(new URL('../helpers/count-rows.ts', import.meta.url));

/** Counts the rows of a file, in a process with so little memory that the file cannot be held, and removes it. */
async function countWithLittleMemory(path: string): Promise<number> {
  const { stdout } = await run(process.execPath, ['--max-old-space-size=48', '--import', 'tsx', counter, path]);
  rmSync(dirname(path), { recursive: true });
  return Number(stdout);
}

/** Writes an archive piece by piece: the test itself holds no long file either. */
async function writeZip(name: string, files: Readonly<Record<string, Iterable<string>>>): Promise<string> {
  const path = join(mkdtempSync(join(tmpdir(), 'reading-')), name);
  const out = createWriteStream(path);
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    out.write(chunk);
  });
  for (const [member, pieces] of Object.entries(files)) {
    const deflate = new ZipDeflate(member, { level: 1 });
    zip.add(deflate);
    for (const piece of pieces) deflate.push(strToU8(piece));
    deflate.push(new Uint8Array(0), true);
  }
  zip.end();
  await new Promise<void>((done) => out.end(done));
  return path;
}

function* pieces(count: number, head: string, row: (index: number) => string, tail: string): Generator<string> {
  yield head;
  for (let start = 0; start < count; start += 1000) {
    yield Array.from({ length: Math.min(1000, count - start) }, (_, index) => row(start + index)).join('');
  }
  yield tail;
}

describe('memory stays flat', () => {
  const shape =
    'On or near some street whose name is rather long, as names of places can be when they are told in full';

  test('over a workbook of 300,000 rows', { timeout: 60_000 }, async () => {
    const parts = workbookParts({ sheets: [{ name: 'S', rows: '' }] });
    const [head = '', tail = ''] = sheetXml('|').split('|');
    const row = (n: number) =>
      `<row r="${n + 1}"><c r="A${n + 1}"><v>${n}</v></c><c r="B${n + 1}" t="inlineStr"><is><t>${shape} ${n}</t></is></c><c r="C${n + 1}"><v>-1.${n}</v></c></row>`;
    const files: Record<string, Iterable<string>> = {};
    for (const [name, content] of Object.entries(parts)) files[name] = [content];
    files['xl/worksheets/sheet1.xml'] = pieces(300_001, head, row, tail);
    expect(await countWithLittleMemory(await writeZip('long.xlsx', files))).toBe(300_000);
  });

  test('over a zipped CSV of 300,000 rows', { timeout: 60_000 }, async () => {
    const path = await writeZip('long.zip', {
      'a.csv': pieces(300_000, 'id,place,x\n', (n) => `${n},${shape},1\n`, ''),
    });
    expect(await countWithLittleMemory(path)).toBe(300_000);
  });

  test('over GeoJSON of 100,000 points', { timeout: 60_000 }, async () => {
    const row = (n: number) =>
      `${n ? ',' : ''}{"type":"Feature","properties":{"id":${n},"place":"${shape}"},"geometry":{"type":"Point","coordinates":[-1.2,54.6]}}`;
    const path = await writeZip('long.zip', {
      'a.geojson': pieces(100_000, '{"type":"FeatureCollection","features":[', row, ']}'),
    });
    expect(await countWithLittleMemory(path)).toBe(100_000);
  });
});
