import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRejectsFile, rejectLine, rejectsHeader } from '../../server/import/write-rejects.ts';
import { parse } from '../helpers/import-fixtures.ts';

const bad =
  'category,occurred_from,lat,lng,note\nviolence,2024-05-01,"5,4",-1.21,"=1+1 ""x"""\nasb,2024-05-01,-1.21,54.7,\n';

async function rejectsFileOf(text: string): Promise<string> {
  const { rejects, header } = await parse({ text });
  const path = join(mkdtempSync(join(tmpdir(), 'rejects-')), 'rejects.csv');
  const file = openRejectsFile(path, header);
  for (const reject of rejects) await file.write([reject]);
  await file.close();
  return readFileSync(path, 'utf8');
}

test('rejects are written with the rows as they came, and only our own cells are made harmless', async () => {
  expect(await rejectsFileOf(bad)).toBe(
    '\ufeffline,column,value,reason,category,occurred_from,lat,lng,note\r\n' +
      '2,lat,"5,4","this is not a number; write it with digits and a decimal point and no comma, as in 54.6863",violence,2024-05-01,"5,4",-1.21,"=1+1 ""x"""\r\n' +
      `3,"lat, lng","'-1.21, 54.7",latitude and longitude look exchanged; put each in its own column,asb,2024-05-01,-1.21,54.7,\r\n`,
  );
});

test('the file corrected is imported as it is, without its four columns', async () => {
  const corrected = (await rejectsFileOf(bad)).replaceAll('"5,4"', '54.7').replace('-1.21,54.7,\r', '54.7,-1.21,\r');
  const { incidents, rejects } = await parse({ text: corrected });
  expect(rejects).toEqual([]);
  expect(incidents.map(({ lat, lng, attributes }) => [lat, lng, attributes])).toEqual([
    [54.7, -1.21, { note: '=1+1 "x"' }],
    [54.7, -1.21, {}],
  ]);
});

test('a corrected row is the incident it would have been in the first file', async () => {
  const corrected = (await rejectsFileOf(bad)).replaceAll('"5,4"', '54.7');
  const first = await parse({ text: bad.replace('"5,4"', '54.7') });
  const again = await parse({ text: corrected });
  expect(again.incidents[0]?.identity).toBe(first.incidents[0]?.identity);
});

test('rejects of a rejects file do not pile the four columns up', async () => {
  const first = await rejectsFileOf(bad);
  expect(await rejectsFileOf(first)).toBe(first);
});

test('a column of the file that is itself called value is kept', async () => {
  const { incidents } = await parse({ text: 'category,occurred_from,lat,lng,value\nasb,2024-05-01,,,90\n' });
  expect(incidents[0]?.attributes).toEqual({ value: '90' });
});

test.each(['=1', '+1', '-1', '@SUM', '\t1', '\r1'])(
  'a value that begins as a formula does (%j) is made harmless',
  (value) => {
    const line = rejectLine({ line: 2, column: 'lat', value, reason: value, row: [value] });
    const cells = line.slice(0, -2).replaceAll('"', '').split(',');
    expect(cells.slice(2)).toEqual([`'${value}`, `'${value}`, value]);
  },
);

test('cells with newlines, quotation marks and spaces at the ends keep them', async () => {
  const row = [' a ', 'b\nc', 'd"e', ''];
  const text = rejectsHeader(['w', 'x', 'y', 'z']) + rejectLine({ line: 2, column: '', value: '', reason: 'r', row });
  const { rowsOf } = await import('../helpers/import-fixtures.ts');
  expect((await rowsOf(text)).fields[0]).toEqual(['2', '', '', 'r', ...row]);
});

test('a folder that is not there fails with an error, not a crash', async () => {
  const file = openRejectsFile('/no/such/folder/rejects.csv', ['a']);
  await expect(file.close()).rejects.toThrow('ENOENT');
});
