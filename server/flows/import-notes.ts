import type { ParsedBatch } from '../import/parse-incidents.ts';
import { whole } from './wording.ts';

type Read = Pick<ParsedBatch, 'masked' | 'notFound' | 'month' | 'outsideMonth' | 'midnightIsDay'>;

/** What a person should know of a file besides its numbers of rows, in clauses; `postcodeColumns` are looked up as postcodes. */
export function importNotes(read: Read, postcodeColumns: ReadonlySet<string>, knowsPostcodes: boolean): string[] {
  const notes: string[] = [];
  if (read.midnightIsDay) notes.push('every time is midnight: it is taken for a day without an hour');
  if (read.masked > 0) notes.push(`${whole(read.masked)} rows have coordinates that are masked on purpose`);
  for (const [column, count] of read.notFound) {
    const isUnloaded = postcodeColumns.has(column) && !knowsPostcodes;
    const remedy = isUnloaded ? '; no postcodes are loaded: npm run hotspot -- postcodes codepo_gb.zip' : '';
    notes.push(`${whole(count)} rows have a place in "${column}" that is not known here${remedy}`);
  }
  if (read.month !== null && read.outsideMonth > 0) {
    notes.push(`${whole(read.outsideMonth)} rows lie outside ${read.month}, the month the file is named for`);
  }
  return notes;
}
