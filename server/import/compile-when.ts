import { cached } from './cached.ts';
import { type Column, cellOf } from './match-columns.ts';
import type { ProfileWhen } from './profile.ts';
import { foldWord } from './taxonomy.ts';

/**
 * Makes the test of a rule's `when`, once for all rows of a file. Cells are compared folded; a trailing * matches any
 * ending. Null when the file lacks one of the columns: the rule can match no row.
 */
export function compileWhen(
  when: ProfileWhen,
  find: (name: string) => Column | null,
): ((fields: readonly string[]) => boolean) | null {
  const conditions: { column: Column; holds: (cell: string) => boolean }[] = [];
  for (const [name, wanted] of Object.entries(when)) {
    const column = find(name);
    if (!column) return null;
    conditions.push({ column, holds: cached(matcher([wanted].flat())) });
  }
  return (fields) => conditions.every(({ column, holds }) => holds(cellOf(fields, column)));
}

function matcher(wanted: readonly string[]): (cell: string) => boolean {
  const exact = new Set(wanted.filter((word) => !word.endsWith('*')).map(foldWord));
  // A space before the * stands between words: "AS2 *" is not the beginning of "AS21".
  const starts = wanted.filter((word) => word.endsWith('*')).map((word) => foldStart(word.slice(0, -1)));
  return (cell) => {
    const folded = foldWord(cell);
    return exact.has(folded) || starts.some((start) => folded.startsWith(start));
  };
}

function foldStart(text: string): string {
  return text.trimStart().toLowerCase().replaceAll(/\s+/g, ' ');
}
