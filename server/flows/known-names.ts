import type { KnownNames } from '../count/parse-filter.ts';
import type { Taxonomy } from '../import/taxonomy.ts';
import type { Holdings } from './load-holdings.ts';

const known = new WeakMap<Holdings, KnownNames>();

/** The names a filter may use: those of the taxonomy, and those held that it has since lost. */
export function knownNames(holdings: Holdings, taxonomy: Taxonomy): KnownNames {
  const names = known.get(holdings) ?? collectNames(holdings, taxonomy);
  known.set(holdings, names);
  return names;
}

function collectNames({ columns }: Holdings, taxonomy: Taxonomy): KnownNames {
  const areas = new Set(columns.layers.flatMap(({ layer, areas }) => areas.map(({ code }) => `${layer}:${code}`)));
  return {
    categories: new Set([...taxonomy.categories.map(({ code }) => code), ...columns.categories]),
    flags: new Set([...taxonomy.flags.map(({ code }) => code), ...columns.flagSets.flat()]),
    hasArea: ({ layer, code }) => areas.has(`${layer}:${code}`),
  };
}
