import { posix } from 'node:path';
import { InputError } from '../errors.ts';
import type { ReadingOptions } from '../import-model.ts';
import { findEncoding, otherFormat } from './find-encoding.ts';
import { type Archive, type Member, openZip, type ZipLimits } from './open-zip.ts';
import { readTable, startReading } from './read-table.ts';
import { isOfficeDocument, readWorkbook } from './read-workbook.ts';
import { readXlsx } from './read-xlsx.ts';
import type { Rows } from './rows.ts';
import { isGeoJson } from './stream-features.ts';

/** A table that can be read: a file that is one, a sheet of a workbook, or a file in a zip. */
export type Table = {
  /** The file's name, the sheet's, or the member's path in the zip. */
  readonly name: string;
  /** Its name with the file's before it, `archive.zip/2024-01/2024-01-cleveland-street.csv`; of a lone table the file's. */
  readonly path: string;
  /** Length in bytes, unpacked for what is in a zip; null when it is not known. */
  readonly bytes: number | null;
  readonly open: (told?: ReadingOptions) => Promise<Rows>;
};

/** What an upload holds. */
export type Tables = {
  readonly kind: Rows['layout']['kind'] | 'zip';
  readonly tables: readonly Table[];
  /** What is in it and cannot be read, with the reason. */
  readonly passedOver: readonly { readonly name: string; readonly reason: string }[];
  /** Lets go of an archive; tables that are open are read on. */
  readonly close: () => void;
};

export type OpenOptions = {
  readonly name?: string;
  /** The one table that is wanted: of a zip of thousands of files the others need no look. */
  readonly only?: string | undefined;
  readonly limits?: ZipLimits;
};

/** Lists the tables of a file by what it is, not by how it is called; refuses a file without any. */
export async function openTables(path: string, options: OpenOptions = {}): Promise<Tables> {
  const started = await startReading(path, options.name);
  await started.close();
  const { name, wasPacked, bytesTotal } = started.bytes;
  if (isZip(started.start)) {
    if (wasPacked()) throw packedTwice(name);
    return openArchive(path, name, options);
  }
  const kind = isGeoJson(started.start) ? 'geojson' : 'csv';
  const open = async (told: ReadingOptions = {}) => readTable(await startReading(path, name), told);
  return { kind, tables: [{ name, path: name, bytes: bytesTotal, open }], passedOver: [], close: () => {} };
}

/** Whether a file is a ZIP archive, which a workbook is too, by its first bytes. */
export function isZip(start: Buffer): boolean {
  return ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'].includes(start.toString('latin1', 0, 4));
}

/** Whether a file is GeoJSON, told from its first bytes; an unreadable or empty one is not. */
export async function isGeoJsonFile(path: string): Promise<boolean> {
  const started = await startReading(path).catch((error) => {
    if (error instanceof InputError) return null;
    throw error;
  });
  await started?.close();
  return started !== null && isGeoJson(started.start);
}

/** The table of a name, or the first; refuses a name that is not there, listing those that are. */
export function chooseTable(file: string, { kind, tables }: Tables, name: string | undefined): Table {
  const known = tables.map((table) => `"${table.name}"`);
  const list = known.length > 12 ? `${known.slice(0, 12).join(', ')} and ${known.length - 12} more` : known.join(', ');
  const isOne = kind === 'csv' || kind === 'geojson';
  const table = name === undefined || isOne ? tables[0] : tables.find((other) => other.name === name);
  if (!table) {
    const message = `${file} has no table "${name}". It has: ${list}.`;
    throw new InputError(message, { code: 'unknown-table', details: { tables: tables.map((other) => other.name) } });
  }
  return table;
}

async function openArchive(path: string, name: string, options: OpenOptions): Promise<Tables> {
  const archive = await openZip(path, name, options.limits);
  try {
    const listed = isOfficeDocument(archive)
      ? await listSheets(path, name, archive)
      : await listMembers(name, archive, options.only);
    return { ...listed, close: archive.close };
  } catch (error) {
    archive.close();
    throw error;
  }
}

type Listed = Omit<Tables, 'close'>;

async function listSheets(path: string, name: string, archive: Archive): Promise<Listed> {
  const workbook = await readWorkbook(archive, name);
  const shown = workbook.sheets.filter(({ hidden }) => !hidden);
  // Of a workbook with all its sheets hidden the hidden ones are what there is.
  const sheets = shown.length > 0 ? shown : workbook.sheets;
  const tables = sheets.map((sheet) => {
    const label = sheets.length === 1 ? name : `${name}/${sheet.name}`;
    return {
      name: sheet.name,
      path: label,
      bytes: sheet.member.bytes,
      open: () => readXlsx(path, label, workbook, sheet),
    };
  });
  const hidden = workbook.sheets.filter((sheet) => !sheets.includes(sheet));
  return {
    kind: 'xlsx',
    tables,
    passedOver: hidden.map((sheet) => ({ name: sheet.name, reason: 'the sheet is hidden' })),
  };
}

async function listMembers(name: string, archive: Archive, only = ''): Promise<Listed> {
  const wanted = archive.members.get(only);
  const tables: Table[] = [];
  const passedOver: { name: string; reason: string }[] = [];
  for (const member of wanted ? [wanted] : archive.members.values()) {
    const reason = await whyNotTable(member);
    if (reason !== null) {
      passedOver.push({ name: member.name, reason });
      continue;
    }
    const path = `${name}/${member.name}`;
    const open = async (told: ReadingOptions = {}) =>
      readTable(await startReading(member.read(), path, member.bytes), told);
    tables.push({ name: member.name, path, bytes: member.bytes, open });
  }
  if (tables.length > 0) return { kind: 'zip', tables: tables.sort(byName), passedOver };
  const [first] = passedOver;
  const found = first ? `: ${first.name}, for one, ${first.reason}` : '';
  throw new InputError(`${name} is a ZIP archive without a CSV or GeoJSON file in it${found}. Unpack it and look.`, {
    code: 'no-tables',
  });
}

function byName(a: Table, b: Table): number {
  return a.name < b.name ? -1 : 1;
}

/** Told from a member's first bytes; what an operating system adds of its own is known by name. */
async function whyNotTable(member: Member): Promise<string | null> {
  if (/(^|\/)(__MACOSX\/|\.[^./]|Thumbs\.db$|desktop\.ini$)/i.test(member.name))
    return 'is a file of the operating system';
  if (member.bytes === 0) return 'is empty';
  const chunks = member.read();
  const { value } = await chunks.next();
  await chunks.return(undefined);
  const start: Buffer = value ?? Buffer.alloc(0);
  if (isZip(start) || (start[0] === 0x1f && start[1] === 0x8b)) return 'is an archive within the archive';
  if (isGeoJson(start)) return null;
  const encoding = findEncoding(start);
  const other = otherFormat(start, encoding);
  if (other) return `is ${other.what}`;
  if (encoding.kind === '8-bit' && start.includes(0)) return 'is not a text file';
  const extension = posix.extname(member.name).toLowerCase();
  return ['', '.csv', '.tsv', '.txt', '.tab', '.dat'].includes(extension) ? null : `is a ${extension} file`;
}

function packedTwice(name: string): InputError {
  const message = `${name} is a ZIP archive or a workbook packed once more with gzip. Unpack the gzip first.`;
  return new InputError(message, { code: 'archive-refused' });
}
