import type { KnownNames } from '../count/parse-filter.ts';
import type { Taxonomy } from '../import/taxonomy.ts';
import type { Holdings } from './load-holdings.ts';

/** The names a filter may use: those of the taxonomy, and those held that it has since lost. */
export function knownNames({ columns }: Holdings, taxonomy: Taxonomy): KnownNames {
  return {
    categories: new Set([...taxonomy.categories.map(({ code }) => code), ...columns.categories]),
    flags: new Set([...taxonomy.flags.map(({ code }) => code), ...columns.flagSets.flat()]),
    hasArea: ({ layer, code }) =>
      columns.layers.some((vintage) => vintage.layer === layer && vintage.areas.some((area) => area.code === code)),
  };
}
