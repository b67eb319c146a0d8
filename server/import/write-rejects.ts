import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { dataColumns, rejectColumns } from './match-columns.ts';
import type { Reject } from './reject.ts';

/**
 * The rejects file: line, column, value and reason, then the row's own cells exactly as they came, so that a person
 * corrects those and imports the file again under the same profile, which knows the four columns and passes over
 * them. A spreadsheet runs a cell that begins with = + - @ as a formula. In the two columns which are ours to word
 * (value, reason) such a cell gets an apostrophe before it; the row's own cells stay untouched, because -1.21 is a
 * longitude and an apostrophe before it would spoil the import.
 */
export function rejectsHeader(header: readonly string[]): string {
  // The mark at the start tells spreadsheets that the text is UTF-8.
  return `\ufeff${csvLine([...rejectColumns, ...dataColumns(header)])}`;
}

/** One reject as a line of the rejects file. */
export function rejectLine(reject: Reject): string {
  const { line, column, value, reason, row } = reject;
  return csvLine([String(line), harmless(column), harmless(value), harmless(reason), ...row]);
}

/** A rejects file being written. */
export type RejectsFile = {
  readonly write: (rejects: readonly Reject[]) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Opens a rejects file for the rows of a file with the given header; waits when the disk is slower than the import. */
export function openRejectsFile(path: string, header: readonly string[]): RejectsFile {
  const stream = createWriteStream(path, 'utf8');
  // Without a listener a full disk would end the process; write and close pass the error on.
  const failed = new Promise<never>((_, fail) => stream.once('error', fail));
  failed.catch(() => {});
  const write = async (text: string) => {
    if (!stream.write(text)) await Promise.race([once(stream, 'drain'), failed]);
  };
  const opened = write(rejectsHeader(header));
  return {
    write: async (rejects) => {
      await opened;
      if (rejects.length > 0) await write(rejects.map(rejectLine).join(''));
    },
    close: async () => {
      stream.end();
      await Promise.race([once(stream, 'close'), failed]);
    },
  };
}

const needsQuotes = /[",\r\n]|^\s|\s$/;

function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (needsQuotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}

function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
