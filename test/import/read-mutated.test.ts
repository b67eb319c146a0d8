import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { openTables } from '../../server/import/open-tables.ts';
import { inlineRows, workbookOf, workbookParts, zipOf } from '../helpers/pack-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'mutated-'));
afterAll(() => rmSync(folder, { recursive: true }));

const table = Array.from({ length: 40 }, (_, n) => [n, `On or near "Street" ${n}, é`, n / 7]);
const csv = table.map((row) => row.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(',')).join('\r\n');
const feature = (row: readonly (string | number)[]) =>
  `{"type":"Feature","properties":{"a":${row[0]},"b":${JSON.stringify(row[1])},"c":{"d":[${row[2]}]}},"geometry":{"type":"Point","coordinates":[-1.2,54.6]}}`;
const styles =
  '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy hh:mm"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs>';
const originals: Readonly<Record<string, Buffer>> = {
  csv: Buffer.from(csv),
  'gzipped CSV': gzipSync(csv),
  GeoJSON: Buffer.from(`{"type":"FeatureCollection","crs":null,"features":[${table.map(feature).join(',\n')}]}`),
  'a feature a line': Buffer.from(table.map(feature).join('\n')),
  zip: zipOf({ 'a/a-street.csv': csv, 'b.geojson': feature([1, 'x', 2]) }),
  workbook: workbookOf({
    sheets: [{ name: 'S', rows: inlineRows([['a', 'b', 'c'], ...table]) }],
    sharedStrings: '<si><t>x</t></si>',
    styles,
  }),
};

/** Damage within a workbook, whose checksums are right: some program has written it so. */
const parts = workbookParts({ sheets: [{ name: 'S', rows: inlineRows([['a', 'b', 'c'], ...table]) }], styles });
const within = ['xl/worksheets/sheet1.xml', 'xl/workbook.xml', 'xl/styles.xml', 'xl/_rels/workbook.xml.rels'];

/** Bytes changed, taken out, doubled or put in; the file cut short. */
const mutation = fc.record({
  how: fc.constantFrom('change', 'remove', 'double', 'insert', 'cut'),
  where: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 40 }),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutate(bytes: Buffer, { how, where, length, bytes: put }: Mutation): Buffer {
  const at = Math.floor(where * bytes.length);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  if (how === 'cut') return before;
  if (how === 'remove') return Buffer.concat([before, after.subarray(length)]);
  if (how === 'double') return Buffer.concat([before, after.subarray(0, length), after]);
  return Buffer.concat([before, put, how === 'change' ? after.subarray(put.length) : after]);
}

async function readAll(path: string): Promise<void> {
  const tables = await openTables(path);
  try {
    for (const one of tables.tables) {
      const rows = await one.open();
      for await (const batch of rows.batches) {
        for (const { fields } of batch)
          if (fields.length < rows.header.length && rows.layout.kind !== 'csv') throw new Error('short row');
      }
      await rows.close();
    }
  } finally {
    tables.close();
  }
}

describe('a file that is damaged', () => {
  const runs = 60;
  const check = (original: Buffer, pack = (bytes: Buffer) => bytes) =>
    fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
        writeFileSync(path, pack(mutations.reduce(mutate, original)));
        const refusal = await readAll(path).then(
          () => null,
          (error: unknown) => error,
        );
        if (refusal === null) return;
        expect(refusal).toBeInstanceOf(InputError);
        expect((refusal as Error).message).toMatch(/damaged\.dat.*\.$/s);
      }),
      { numRuns: runs },
    );
  const path = join(folder, 'damaged.dat');

  test.each(Object.keys(originals))('%s is read or refused with a reason, and never more', async (kind) => {
    await check(originals[kind] as Buffer);
  });

  test.each(within)('%s in a workbook is read or refused with a reason, and never more', async (part) => {
    await check(Buffer.from(parts[part] as string), (bytes) => zipOf({ ...parts, [part]: bytes }));
  });
});
