import { parse as csvParse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRecordSplitter } from '../../server/import/split-records.ts';
import { rowsOf } from '../helpers/import-fixtures.ts';

const comma = { delimiter: ',', newline: '\n' } as const;

function split(text: string, pieceLength = text.length || 1): { line: number; fields: readonly string[] }[] {
  const splitter = createRecordSplitter('test.csv', comma);
  const rows = [];
  for (let i = 0; i < text.length; i += pieceLength) rows.push(...splitter.push(text.slice(i, i + pieceLength)));
  return [...rows, ...splitter.end()].map(({ line, fields }) => ({ line, fields }));
}

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'é', '😀', ' ', ',', '"', '\n', '\r\n', ';', '-', "'"), maxLength: 8 }),
  fc.constantFrom('', '-1.235446', 'On or near York Road', '"', '""', 'a"b'),
);
const rows = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }));

/** Writes a table with quotes where they are needed, and wherever else chance has it. */
function writeCsv(table: readonly (readonly string[])[], newline: string, quoteAll: boolean): string {
  const quote = (text: string) => (quoteAll || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return table.map((row) => row.map(quote).join(',') + newline).join('');
}

describe('cutting text into records', () => {
  test('any table comes back as it was written, quoted or not', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n'), fc.boolean(), (table, newline, quoteAll) => {
        expect(split(writeCsv(table, newline, quoteAll)).map(({ fields }) => fields)).toEqual(table);
      }),
    );
  });

  test('it agrees with csv-parse', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (table, quoteAll) => {
        const text = writeCsv(table, '\n', quoteAll);
        const theirs = csvParse(text, { relax_column_count: true, record_delimiter: '\n', relax_quotes: true });
        expect(split(text).map(({ fields }) => fields)).toEqual(theirs);
      }),
    );
  });

  test('it makes no difference where the pieces of the text end', () => {
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 7 }),
        (table, newline, pieceLength) => {
          const text = writeCsv(table, newline, false);
          expect(split(text, pieceLength)).toEqual(split(text));
        },
      ),
    );
  });

  test('nor where the pieces of the bytes end', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 5 }), async (table, pieceLength) => {
        const text = `${'h,'.repeat((table[0]?.length ?? 1) - 1)}h\n${writeCsv(table, '\n', false)}x\n`;
        expect((await rowsOf(text, pieceLength)).records).toEqual((await rowsOf(text)).records);
      }),
      { numRuns: 50 },
    );
  });

  test('a record over the limit is refused whether it arrives at once or piece by piece', () => {
    for (const text of [`a,b\n${'x'.repeat(200)}\n`, `a,b\n"${'x\n'.repeat(100)}"\n`]) {
      for (const pieceLength of [1, 50, 1000]) {
        const splitter = createRecordSplitter('test.csv', comma, 100);
        const push = () => {
          for (let i = 0; i < text.length; i += pieceLength) splitter.push(text.slice(i, i + pieceLength));
        };
        expect(push).toThrow('begins on line 2 of test.csv is longer than 100 characters');
      }
    }
  });
});
