import type { Tally } from './create-tally.ts';
import { type Columns, cellOf } from './match-columns.ts';
import type { ParseOptions } from './parse-incidents.ts';

/** The known flags of a row, sorted; unknown ones stay with the incident as an attribute. */
export function readFlags(
  fields: readonly string[],
  columns: Columns,
  { profile, taxonomy }: ParseOptions,
  attributes: Record<string, string>,
  tally: Tally,
): string[] {
  if (!columns.flags || !profile.flags) return [];
  const text = cellOf(fields, columns.flags);
  if (text === '') return [];
  const flags = new Set<string>();
  const unknown: string[] = [];
  for (const part of text.split(profile.flags.separator)) {
    const word = part.trim();
    const code = word === '' ? null : taxonomy.flagOf(word);
    if (code !== null) flags.add(code);
    else if (word !== '') unknown.push(word);
  }
  for (const word of unknown) tally.addUnknownFlag(word);
  if (unknown.length > 0) attributes[columns.flags.name] = unknown.join(`${profile.flags.separator} `);
  return [...flags].sort();
}
