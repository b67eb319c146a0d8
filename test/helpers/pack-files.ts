import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, type Zippable, zipSync } from 'fflate';

/** Writes a file into a new folder of its own and gives its path. */
export function temporaryFile(name: string, content: string | Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), 'reading-')), name);
  writeFileSync(path, content);
  return path;
}

/** A ZIP archive of files given as text or bytes. */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const members: Zippable = {};
  for (const [name, content] of Object.entries(files)) {
    members[name] = typeof content === 'string' ? strToU8(content) : content;
  }
  return Buffer.from(zipSync(members, { level: 6 }));
}

export type SheetFixture = { readonly name: string; readonly rows: string; readonly state?: string };

export type WorkbookFixture = {
  readonly sheets: readonly SheetFixture[];
  /** The insides of `<sst>`: `<si><t>York</t></si>`. */
  readonly sharedStrings?: string;
  /** The insides of `<styleSheet>`. */
  readonly styles?: string;
  readonly date1904?: boolean;
  readonly extra?: Readonly<Record<string, string>>;
};

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const officeRelations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The XML of a sheet with the given rows. */
export function sheetXml(rows: string): string {
  return `${head}<worksheet ${main}><dimension ref="A1"/><sheetData>${rows}</sheetData></worksheet>`;
}

/** The parts of a workbook as Excel lays them out, by their names in the archive. */
export function workbookParts(fixture: WorkbookFixture): Record<string, string> {
  const { sheets, sharedStrings = '', styles = '', date1904 = false } = fixture;
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${officeRelations}/${type}" Target="${target}"/>`;
  const relations = (inside: string) =>
    `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside}</Relationships>`;
  const listed = sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}"${state ? ` state="${state}"` : ''} r:id="rId${index + 1}"/>`,
  );
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${head}<Types/>`,
    '_rels/.rels': relations(relation('rId1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `${head}<workbook ${main} xmlns:r="${officeRelations}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      [
        ...sheets.map((_, index) => relation(`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`)),
        relation('rId90', 'styles', 'styles.xml'),
        relation('rId91', 'sharedStrings', '/xl/sharedStrings.xml'),
      ].join(''),
    ),
    'xl/styles.xml': `${head}<styleSheet ${main}>${styles}</styleSheet>`,
    'xl/sharedStrings.xml': `${head}<sst ${main}>${sharedStrings}</sst>`,
  };
  sheets.forEach(({ rows }, index) => {
    parts[`xl/worksheets/sheet${index + 1}.xml`] = sheetXml(rows);
  });
  return { ...parts, ...fixture.extra };
}

/** A workbook of Excel. */
export function workbookOf(fixture: WorkbookFixture): Buffer {
  return zipOf(workbookParts(fixture));
}

/** Rows of inline texts and numbers, as other programs than Excel write them. */
export function inlineRows(table: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null) => {
    if (value === null) return '<c/>';
    if (typeof value === 'number') return `<c><v>${value}</v></c>`;
    return `<c t="inlineStr"><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`;
  };
  return table.map((row) => `<row>${row.map(cell).join('')}</row>`).join('');
}

/** Text as it stands in XML; what XML cannot hold, and what looks like Excel's way of writing that, is written so. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '_x000D_');
}
