import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { openTables } from '../../server/import/open-tables.ts';
import { openZip } from '../../server/import/open-zip.ts';
import { readRows } from '../../server/import/read-rows.ts';
import { readSharedStrings } from '../../server/import/read-shared-strings.ts';
import type { Row } from '../../server/import/rows.ts';
import {
  inlineRows,
  temporaryFile,
  type WorkbookFixture,
  workbookOf,
  workbookParts,
  zipOf,
} from '../helpers/pack-files.ts';

async function readAll(path: string, table?: string) {
  const rows = await readRows(path, { ...(table === undefined ? {} : { table }) });
  const records: Row[] = [];
  for await (const batch of rows.batches) records.push(...batch);
  await rows.close();
  return { header: rows.header, records, fields: records.map(({ fields }) => fields), rows };
}

const read = (fixture: WorkbookFixture, table?: string) =>
  readAll(temporaryFile('log.xlsx', workbookOf(fixture)), table);

/** One row below a header of as many columns, with the given cells. */
async function cellsOf(cells: string, fixture: Omit<WorkbookFixture, 'sheets'> = {}) {
  const count = cells.split(/<c[ >/]/).length - 1;
  const header = inlineRows([Array.from({ length: count }, (_, index) => `column ${index}`)]);
  const { fields } = await read({ ...fixture, sheets: [{ name: 'Sheet1', rows: `${header}<row>${cells}</row>` }] });
  return fields[0];
}

const styles = `<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/><numFmt numFmtId="165" formatCode="[h]:mm"/>
  <numFmt numFmtId="166" formatCode="00000"/><numFmt numFmtId="167" formatCode="0.0&quot; days&quot;"/></numFmts>
  <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
  <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="20"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/></cellXfs>`;

describe('the cells of a workbook', () => {
  test('dates come as ISO text, with a time where the value or its format has one', async () => {
    const cells =
      '<c s="1"><v>45019</v></c><c s="1"><v>45019.586805555555</v></c><c s="2"><v>45019</v></c><c s="3"><v>0.58680555555555558</v></c><c s="4"><v>1.0625</v></c>';
    expect(await cellsOf(cells, { styles })).toEqual([
      '2023-04-03',
      '2023-04-03T14:05:00',
      '2023-04-03T00:00:00',
      '14:05:00',
      '25:30:00',
    ]);
  });

  test('a workbook from an old Macintosh counts its days from 1904', async () => {
    expect(await cellsOf('<c s="1"><v>43557</v></c><c s="2"><v>0</v></c>', { styles, date1904: true })).toEqual([
      '2023-04-03',
      '1904-01-01T00:00:00',
    ]);
  });

  test('numbers come as a person sees them', async () => {
    const cells =
      '<c><v>1.2099999999999997</v></c><c><v>-1.21</v></c><c><v>4.9999999999999998E-7</v></c><c><v>10.0</v></c><c s="5"><v>123</v></c><c s="6"><v>3.5</v></c>';
    expect(await cellsOf(cells, { styles })).toEqual(['1.21', '-1.21', '0.0000005', '10', '00123', '3.5']);
  });

  test('truth, formulas, errors, rich text and texts without a list of them are read', async () => {
    const sharedStrings =
      '<si><t>York &amp; Ripon</t></si><si><r><rPr><b/></rPr><t xml:space="preserve">On or </t></r><r><t>near</t></r></si><si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si>';
    const cells =
      '<c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="str"><f>A1&amp;"x"</f><v>joined</v></c><c><f>1+1</f><v>2</v></c><c t="e"><v>#N/A</v></c><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="inlineStr"><is><t>two_x000D_\nlines</t></is></c><c t="d"><v>2023-04-03T14:05:00.000Z</v></c>';
    expect(await cellsOf(cells, { sharedStrings })).toEqual([
      'TRUE',
      'FALSE',
      'joined',
      '2',
      '',
      'York & Ripon',
      'On or near',
      '東京',
      'two\r\nlines',
      '2023-04-03T14:05:00',
    ]);
  });

  test('tags with prefixes, as some programs write them, are read', async () => {
    const parts = workbookParts({ sheets: [{ name: 'Sheet1', rows: '' }] });
    parts['xl/worksheets/sheet1.xml'] =
      '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="str"><x:v>a</x:v></x:c><x:c t="str"><x:v>b</x:v></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    expect((await readAll(temporaryFile('a.xlsx', zipOf(parts)))).fields).toEqual([['1', '2']]);
  });
});

describe('the rows of a workbook', () => {
  test('blank rows and cells are left out, rows keep their numbers, and each is as wide as the header', async () => {
    const rows =
      '<row r="1"><c r="A1" t="str"><v>id</v></c><c r="B1" t="str"><v>place</v></c><c r="D1" t="str"><v>note</v></c></row><row r="2"/><row r="4"><c r="B4" t="str"><v>York</v></c><c r="E4" s="1"/></row>';
    const { header, records } = await read({ sheets: [{ name: 'Sheet1', rows }] });
    expect(header).toEqual(['id', 'place', '', 'note']);
    expect(records).toEqual([{ line: 4, fields: ['', 'York', '', ''], problem: null }]);
  });

  test('a title above the table is not its header', async () => {
    const rows = inlineRows([['Anti-social behaviour, April 2023'], [], ['id', 'place'], [1, 'York']]);
    const { header, fields } = await read({ sheets: [{ name: 'Sheet1', rows }] });
    expect(header).toEqual(['id', 'place']);
    expect(fields).toEqual([['1', 'York']]);
  });

  test('a cell right of the header is a fault of its row alone', async () => {
    const rows = inlineRows([
      ['id', 'place'],
      [1, 'York', 'seen twice'],
      [2, 'Ripon'],
    ]);
    const { records } = await read({ sheets: [{ name: 'Sheet1', rows }] });
    expect(records.map(({ problem }) => problem)).toEqual([
      'a cell right of the last column of the header is filled; clear it, or give the column a name',
      null,
    ]);
  });
});

describe('the sheets of a workbook', () => {
  const table = (place: string) =>
    inlineRows([
      ['id', 'place'],
      [1, place],
    ]);
  const sheets = [
    { name: 'Notes', rows: table('hidden'), state: 'hidden' },
    { name: 'April', rows: table('York') },
    { name: 'May &amp; June', rows: table('Ripon') },
  ];

  test('the first that is not hidden is read unless another is named', async () => {
    const path = temporaryFile('log.xlsx', workbookOf({ sheets }));
    expect((await readAll(path)).fields).toEqual([['1', 'York']]);
    const other = await readAll(path, 'May & June');
    expect(other.fields).toEqual([['1', 'Ripon']]);
    expect(other.rows.name).toBe('log.xlsx/May & June');
    await expect(readAll(path, 'Notes')).rejects.toThrow(
      'log.xlsx has no table "Notes". It has: "April", "May & June".',
    );
  });

  test('they are listed, hidden ones apart, and the hash is that of the workbook', async () => {
    const bytes = workbookOf({ sheets });
    const path = temporaryFile('log.csv', bytes);
    const tables = await openTables(path);
    expect([tables.kind, tables.tables.map(({ name }) => name)]).toEqual(['xlsx', ['April', 'May & June']]);
    expect(tables.passedOver).toEqual([{ name: 'Notes', reason: 'the sheet is hidden' }]);
    tables.close();
    const { rows } = await readAll(path);
    expect(rows.sha256()).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect([rows.bytesRead(), rows.layout.kind]).toEqual([rows.bytesTotal, 'xlsx']);
  });
});

describe('refusing what is not a workbook that can be read', () => {
  const sheet = [
    {
      name: 'Sheet1',
      rows: inlineRows([
        ['a', 'b'],
        [1, 2],
      ]),
    },
  ];
  const parts = workbookParts({ sheets: sheet });
  const cut = (name: string) => Object.fromEntries(Object.entries(parts).filter(([part]) => part !== name));

  test.each<[what: string, content: string | Uint8Array, message: string]>([
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), 'save it as .xlsx without a password, or as CSV'],
    [
      'an empty sheet',
      workbookOf({ sheets: [{ name: 'Sheet1', rows: '' }] }),
      'The sheet "Sheet1" of log.xlsx is empty.',
    ],
    [
      'a header alone',
      workbookOf({ sheets: [{ name: 'S', rows: inlineRows([['a', 'b']]) }] }),
      'has a header but no rows',
    ],
    ['a missing sheet', zipOf(cut('xl/worksheets/sheet1.xml')), 'is a workbook without a sheet that can be read'],
    [
      'a document',
      zipOf({
        ...parts,
        '_rels/.rels': (parts['_rels/.rels'] as string).replace('xl/workbook.xml', 'word/document.xml'),
      }),
      'an Office document, but not a workbook',
    ],
    [
      'a binary workbook',
      zipOf({ ...parts, '_rels/.rels': (parts['_rels/.rels'] as string).replace('workbook.xml', 'workbook.bin') }),
      'a binary Excel workbook (.xlsb)',
    ],
    [
      'broken XML',
      zipOf({ ...parts, 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row></c>' }),
      'log.xlsx is damaged',
    ],
    [
      'XML cut short',
      zipOf({ ...parts, 'xl/worksheets/sheet1.xml': `${(parts['xl/worksheets/sheet1.xml'] as string).slice(0, -30)}` }),
      'log.xlsx is damaged',
    ],
    [
      'a column too far',
      workbookOf({ sheets: [{ name: 'S', rows: '<row><c r="XFE1"><v>1</v></c></row>' }] }),
      'Row 1 of log.xlsx reaches beyond the last column',
    ],
    [
      'a cell without end',
      workbookOf({ sheets: [{ name: 'S', rows: `<row><c><v>${'9'.repeat(5e6)}</v></c></row>` }] }),
      'a part of it has no end',
    ],
  ])('%s', async (_, content, message) => {
    const path = temporaryFile('log.xlsx', content);
    await expect(readAll(path)).rejects.toThrow(InputError);
    await expect(readAll(path)).rejects.toThrow(message);
  });

  test('more different texts than memory should hold', async () => {
    const sharedStrings = '<si><t>some text</t></si>'.repeat(100);
    const archive = await openZip(temporaryFile('a.xlsx', workbookOf({ sheets: sheet, sharedStrings })), 'a.xlsx');
    const list = archive.members.get('xl/sharedStrings.xml') ?? null;
    for (const limits of [
      { strings: 99, characters: 1e6 },
      { strings: 1e6, characters: 800 },
    ]) {
      await expect(readSharedStrings(list, 'a.xlsx', limits)).rejects.toThrow('Save the sheet as CSV');
    }
    expect(await readSharedStrings(list, 'a.xlsx')).toHaveLength(100);
    archive.close();
  });

  test('entities that grow are not expanded', async () => {
    const bomb =
      '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>';
    const path = temporaryFile('log.xlsx', zipOf({ ...parts, 'xl/worksheets/sheet1.xml': bomb }));
    await expect(readAll(path)).rejects.toThrow('log.xlsx is damaged');
  });
});
