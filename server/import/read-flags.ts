import { compileWhen } from './compile-when.ts';
import type { Tally } from './create-tally.ts';
import { type Columns, cellOf } from './match-columns.ts';
import type { Profile } from './profile.ts';
import type { Taxonomy } from './taxonomy.ts';

/** Reads a row's flags, sorted; words that are no flag are added to the attributes. */
export type FlagReader = (fields: readonly string[], attributes: Record<string, string>) => string[];

/** Makes the reader of flags: those of the flags column, and one for each rule that matches. */
export function createFlagReader(profile: Profile, taxonomy: Taxonomy, columns: Columns, tally: Tally): FlagReader {
  const { flags: column } = columns;
  const separator = profile.flags?.separator ?? ';';
  const rules = (profile.flags?.rules ?? []).flatMap(({ when, flag }) => {
    const matches = compileWhen(when, columns.find);
    return matches ? [{ matches, flag }] : [];
  });
  if (!column && rules.length === 0) return () => [];
  return (fields, attributes) => {
    const flags = new Set<string>();
    for (const { matches, flag } of rules) if (matches(fields)) flags.add(flag);
    const text = column ? cellOf(fields, column) : '';
    if (text === '' || !column) return [...flags].sort();
    const unknown: string[] = [];
    for (const part of text.split(separator)) {
      const word = part.trim();
      const code = word === '' ? null : taxonomy.flagOf(word);
      if (code !== null) flags.add(code);
      else if (word !== '') unknown.push(word);
    }
    for (const word of unknown) tally.addUnknownFlag(word);
    if (unknown.length > 0) attributes[column.name] = unknown.join(`${separator} `);
    return [...flags].sort();
  };
}
