import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from '../../server/report/to-csv.ts';

const lines = (text: string) => text.split('\r\n');

describe('a table as CSV', () => {
  it('has a header, one line a row, and ends its lines as RFC 4180 says', () => {
    expect(toCsv(['cell', 'count'], [['a', 1]])).toBe('cell,count\r\na,1\r\n');
    expect(toCsv(['cell'], [])).toBe('cell\r\n');
  });

  it.each(['=1+1', '+44 1429', '-5 apples', '@SUM(A1)', '\t=1', '\r=1', '\n=1', "=cmd|' /C calc'!A0"])(
    'marks %j as text, so that no spreadsheet runs it',
    (value) => {
      const [row] = parse(toCsv(['name'], [[value]]), { columns: true }) as { name: string }[];
      expect(row!.name).toBe(`'${value}`);
    },
  );

  it('leaves numbers numbers, negative ones too, and nothing empty', () => {
    expect(lines(toCsv(['a', 'b', 'c', 'd'], [[-5, 0.25, null, undefined]]))[1]).toBe('-5,0.25,,');
  });

  it('quotes commas, quotation marks and line breaks', () => {
    expect(lines(toCsv(['a', 'b'], [['x,y', 'say "so"']]))[1]).toBe('"x,y","say ""so"""');
  });

  it('is read back as it was written, whatever the text', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string()), { minLength: 1 }), (rows) => {
        const safe = (text: string) => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text);
        const read = parse(toCsv(['a', 'b'], rows), { from: 2, record_delimiter: '\r\n' });
        expect(read).toEqual(rows.map((row) => row.map(safe)));
      }),
    ));
});
