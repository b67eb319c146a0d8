import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { InputError } from '../errors.ts';
import type { Member } from './open-zip.ts';
import { noRows } from './read-csv.ts';
import { readSharedStrings } from './read-shared-strings.ts';
import { readCellFormats, type Sheet, type Workbook } from './read-workbook.ts';
import type { Row, Rows } from './rows.ts';
import { type SheetRow, splitSheet } from './split-sheet.ts';

/** Titles above a table take no more rows than this. */
const longestTitle = 30;

/**
 * Opens a sheet of a workbook as rows. Its header is the first row with two filled cells: what stands alone above is
 * a title. Dates come as ISO text, and errors such as #N/A as empty cells.
 */
export async function readXlsx(path: string, name: string, workbook: Workbook, sheet: Sheet): Promise<Rows> {
  const context = {
    strings: await readSharedStrings(workbook.sharedStrings, name),
    formats: await readCellFormats(workbook.styles, name),
    date1904: workbook.date1904,
  };
  const bytes = counted(sheet.member);
  const batches = splitSheet(bytes.chunks, name, context);
  const close = async () => {
    await batches.return(undefined);
    await bytes.chunks.return(undefined);
  };
  try {
    const { header, below } = await takeHeader(name, sheet.name, batches);
    const sha256 = await hashFile(path);
    return {
      name,
      layout: { kind: 'xlsx', encoding: null, delimiter: null },
      header,
      batches: fittedRows(header.length, below, batches),
      bytesRead: bytes.read,
      bytesTotal: sheet.member.bytes,
      sha256: () => {
        if (!bytes.isDone()) throw new Error(`${name} has not been read to its end`);
        return sha256;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function counted(member: Member) {
  let read = 0;
  let done = false;
  async function* chunks(): AsyncGenerator<Buffer> {
    for await (const chunk of member.read()) {
      read += chunk.length;
      yield chunk;
    }
    done = true;
  }
  return { chunks: chunks(), read: () => read, isDone: () => done };
}

/** What is stored is the workbook, whichever of its sheets is read. */
async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function takeHeader(name: string, sheet: string, batches: AsyncGenerator<readonly SheetRow[]>) {
  const rows: SheetRow[] = [];
  let at = -1;
  while (at === -1 && rows.length < longestTitle) {
    const next = await batches.next();
    if (next.done) break;
    rows.push(...next.value);
    at = rows.findIndex(({ fields }) => fields.filter((cell) => cell.trim() !== '').length > 1);
  }
  const first = rows[Math.max(at, 0)];
  if (!first)
    throw new InputError(`The sheet "${sheet}" of ${name} is empty. Choose another sheet.`, { code: 'empty-file' });
  let below = rows.slice(Math.max(at, 0) + 1);
  if (below.length === 0) {
    const next = await batches.next();
    if (next.done) throw noRows(name);
    below = [...next.value];
  }
  return { header: first.fields.map((cell) => cell.trim()), below };
}

async function* fittedRows(
  width: number,
  first: readonly SheetRow[],
  rest: AsyncGenerator<readonly SheetRow[]>,
): AsyncGenerator<readonly Row[]> {
  yield first.map((row) => fitRow(row, width));
  for await (const rows of rest) yield rows.map((row) => fitRow(row, width));
}

const beyondHeader = 'a cell right of the last column of the header is filled; clear it, or give the column a name';

/** A sheet leaves empty cells out: every row is made as wide as the header. */
function fitRow({ line, fields }: SheetRow, width: number): Row {
  if (fields.length === width) return { line, fields, problem: null };
  if (fields.length > width) {
    const beyond = fields.slice(width).some((cell) => cell.trim() !== '');
    return { line, fields: fields.slice(0, width), problem: beyond ? beyondHeader : null };
  }
  const missing = new Array<string>(width - fields.length).fill('');
  return { line, fields: fields.concat(missing), problem: null };
}
