import { InputError } from '../errors.ts';
import type { Day } from '../model.ts';

/** Which properties of a boundary file hold code and name, and what their names tell of the file's age. */
export type AreaProperties = {
  readonly code: string;
  readonly name: string;
  /** 1 January of the year in the property's name (`WD25CD` → 2025); null when it has none. */
  readonly validFrom: Day | null;
};

/** The ONS's prefixes of code and name (`WD25CD`, `WD25NM`) for the layers known here. */
const layerPrefixes: Readonly<Record<string, string>> = {
  ward: 'WD',
  lsoa: 'LSOA',
  msoa: 'MSOA',
  district: 'LAD',
  parish: 'PAR',
  constituency: 'PCON',
  csp: 'CSP',
  force: 'PFA',
};

type Candidate = { readonly prefix: string; readonly code: string; readonly name: string; readonly year: string };

const codeProperty = /^([A-Z]{2,6})(\d{2})?CD$/i;

/** Finds the properties that hold code and name of a layer's areas; refuses a file in which that is not plain. */
export function findAreaProperties(fileName: string, properties: readonly string[], layer: string): AreaProperties {
  const plainCode = properties.find((property) => /^code$/i.test(property));
  const plainName = properties.find((property) => /^name$/i.test(property));
  if (plainCode && plainName) return { code: plainCode, name: plainName, validFrom: null };
  const candidates = findCandidates(properties);
  const wanted = layerPrefixes[layer];
  const fitting = wanted ? candidates.filter(({ prefix }) => prefix === wanted) : candidates;
  const [chosen, second] = fitting;
  if (!chosen) throw noneFits(fileName, properties, candidates, layer);
  if (second) throw ambiguous(fileName, fitting);
  return { code: chosen.code, name: chosen.name, validFrom: yearStart(chosen.year) };
}

/** A code counts only with a name beside it: `RGNCD` and its like say where an area lies, not which it is. */
function findCandidates(properties: readonly string[]): Candidate[] {
  const candidates: Candidate[] = [];
  for (const code of properties) {
    const match = codeProperty.exec(code);
    const nameOfCode = `${code.slice(0, -2)}NM`.toLowerCase();
    const name = properties.find((property) => property.toLowerCase() === nameOfCode);
    if (match?.[1] && name) candidates.push({ prefix: match[1].toUpperCase(), code, name, year: match[2] ?? '' });
  }
  return candidates;
}

function yearStart(year: string): Day | null {
  if (year === '') return null;
  return `${Number(year) < 60 ? '20' : '19'}${year}-01-01`;
}

function noneFits(fileName: string, properties: readonly string[], candidates: readonly Candidate[], layer: string) {
  const other = candidates.map(({ prefix }) => layerOf(prefix)).find((known) => known !== undefined);
  const codes = candidates.map(({ code }) => code).join(' and ');
  const message = other
    ? `${fileName} has no code for the layer ${layer}; it has ${codes}. Load it as the layer ${other}, or choose another file.`
    : `${fileName} has no properties for code and name such as WD25CD and WD25NM. It has: ${properties.join(', ')}. Call them code and name.`;
  return new InputError(message, { code: 'unknown-area-properties', details: { properties } });
}

function layerOf(prefix: string): string | undefined {
  return Object.keys(layerPrefixes).find((layer) => layerPrefixes[layer] === prefix);
}

function ambiguous(fileName: string, candidates: readonly Candidate[]): InputError {
  const codes = candidates.map(({ code }) => code).join(' and ');
  const message = `${fileName} has more than one code its areas could go by: ${codes}. Call the right one code and its name name, or take the others out.`;
  return new InputError(message, { code: 'ambiguous-area-properties', details: { candidates } });
}
