import { posix } from 'node:path';
import { InputError } from '../errors.ts';
import { builtInFormat, type CellFormat, readFormatCode } from './cell-format.ts';
import type { Archive, Member } from './open-zip.ts';
import { parseXml, type XmlVisitor } from './parse-xml.ts';

export type Sheet = { readonly name: string; readonly hidden: boolean; readonly member: Member };

/** What a workbook says of its sheets, apart from what stands in them. */
export type Workbook = {
  readonly sheets: readonly Sheet[];
  readonly date1904: boolean;
  readonly styles: Member | null;
  readonly sharedStrings: Member | null;
};

/** Reads the list of sheets of a workbook, hidden ones marked; refuses one without any. */
export async function readWorkbook(archive: Archive, name: string): Promise<Workbook> {
  const path = await workbookPath(archive, name);
  const parts = await readRelations(archive, name, path);
  const listed = await readSheetList(need(archive, name, path), name);
  const member = (target: string | undefined) => findPart(archive, target);
  const sheets = listed.sheets.flatMap(({ id, ...sheet }) => {
    const part = parts.find((other) => other.id === id && other.type === 'worksheet');
    const found = member(part?.target);
    return found ? [{ ...sheet, member: found }] : [];
  });
  if (sheets.length === 0) throw noSheets(name);
  const other = (type: string) => member(parts.find((part) => part.type === type)?.target) ?? null;
  return { sheets, date1904: listed.date1904, styles: other('styles'), sharedStrings: other('sharedStrings') };
}

type Relation = { readonly id: string; readonly type: string; readonly target: string };

/** Whether an archive is an Office document: it has a list of the kinds of its parts. */
export function isOfficeDocument(archive: Archive): boolean {
  return archive.members.has('[Content_Types].xml');
}

async function workbookPath(archive: Archive, name: string): Promise<string> {
  const main = (await readRelations(archive, name, '')).find(({ type }) => type === 'officeDocument');
  const path = main?.target ?? 'xl/workbook.xml';
  if (path.endsWith('.bin')) throw otherDocument(name, 'a binary Excel workbook (.xlsb)');
  if (/^(word|ppt|visio)\//.test(path)) throw otherDocument(name, 'an Office document, but not a workbook');
  return path;
}

/** The parts that one part of the document points to; an absent list points to nothing. */
async function readRelations(archive: Archive, name: string, path: string): Promise<Relation[]> {
  const folder = posix.dirname(path);
  const list = findPart(archive, posix.join(folder, '_rels', `${posix.basename(path)}.rels`));
  if (!list) return [];
  return collect(list, name, (emit: (relation: Relation) => void) => ({
    open: (tag, { Id = '', Type = '', Target = '' }) => {
      if (tag !== 'Relationship') return;
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
      emit({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), target });
    },
    close: () => {},
    text: () => {},
  }));
}

async function readSheetList(member: Member, name: string) {
  let date1904 = false;
  const sheets = await collect(
    member,
    name,
    (emit: (sheet: { id: string; name: string; hidden: boolean }) => void) => ({
      open: (tag, attributes) => {
        if (tag === 'workbookPr') date1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
        if (tag !== 'sheet') return;
        const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
        emit({ id, name: attributes.name ?? '', hidden: (attributes.state ?? 'visible') !== 'visible' });
      },
      close: () => {},
      text: () => {},
    }),
  );
  return { sheets, date1904 };
}

/** The number formats of a workbook's cells, by the number that a cell's style has. */
export async function readCellFormats(member: Member | null, name: string): Promise<readonly CellFormat[]> {
  if (!member) return [];
  const codes = new Map<string, CellFormat>();
  let within = '';
  return collect(member, name, (emit: (format: CellFormat) => void) => ({
    open: (tag, { numFmtId = '0', formatCode = '' }) => {
      if (tag === 'numFmts' || tag === 'cellXfs') within = tag;
      else if (tag === 'numFmt' && within === 'numFmts') codes.set(numFmtId, readFormatCode(formatCode));
      else if (tag === 'xf' && within === 'cellXfs') emit(codes.get(numFmtId) ?? builtInFormat(Number(numFmtId)));
    },
    close: (tag) => {
      if (tag === within) within = '';
    },
    text: () => {},
  }));
}

/** Some programs write the name of a part in other capitals than they refer to it by. */
function findPart({ members }: Archive, path: string | undefined): Member | undefined {
  if (path === undefined) return undefined;
  const folded = path.toLowerCase();
  return members.get(path) ?? [...members.values()].find(({ name }) => name.toLowerCase() === folded);
}

async function collect<T>(
  member: Member,
  name: string,
  createVisitor: (emit: (item: T) => void) => XmlVisitor,
): Promise<T[]> {
  const items: T[] = [];
  for await (const batch of parseXml(member.read(), name, createVisitor)) {
    items.push(...batch);
    if (items.length > 1_000_000) throw otherDocument(name, 'a workbook with more parts or styles than Excel makes');
  }
  return items;
}

function need(archive: Archive, name: string, path: string): Member {
  const member = findPart(archive, path);
  if (!member) throw noSheets(name);
  return member;
}

function noSheets(name: string): InputError {
  const message = `${name} is a workbook without a sheet that can be read. Open it in Excel and save it again.`;
  return new InputError(message, { code: 'unreadable-file' });
}

function otherDocument(name: string, what: string): InputError {
  return new InputError(`${name} is ${what}. Open it and save the table as .xlsx or CSV.`, { code: 'not-csv' });
}
