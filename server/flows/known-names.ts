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
  const vintagesOf = new Map<string, (string | null)[]>();
  for (const { layer, validFrom, areas } of columns.layers) {
    for (const { code } of areas) {
      const name = `${layer}:${code}`;
      const vintages = vintagesOf.get(name);
      if (vintages) vintages.push(validFrom);
      else vintagesOf.set(name, [validFrom]);
    }
  }
  return {
    categories: new Set([...taxonomy.categories.map(({ code }) => code), ...columns.categories]),
    flags: new Set([...taxonomy.flags.map(({ code }) => code), ...columns.flagSets.flat()]),
    hasVintage: (name, day) =>
      columns.layers.some(({ layer, validFrom }) => (name === null || layer === name) && validFrom === day),
    findArea({ layer, code }) {
      const vintages = vintagesOf.get(`${layer}:${code}`);
      // vintages of a layer come oldest first
      return vintages ? { newest: vintages.at(-1)!, inVintage: (day) => vintages.includes(day) } : null;
    },
  };
}
