import { InputError } from '../errors.ts';
import type { Day } from '../model.ts';

/** Which properties of a boundary file hold code and name, and what their names tell of the file's age. */
export type AreaProperties = {
  readonly code: string;
  readonly name: string;
  /** 1 January of the year in the property's name (`WD25CD` → 2025); null when it has none. */
  readonly validFrom: Day | null;
  /** The layer that the file's areas are by their first code, if it is another one than asked for. */
  readonly otherLayer: string | null;
};

/** The properties that a person names, where they cannot be found. */
export type GivenProperties = { readonly code?: string | undefined; readonly name?: string | undefined };

/** The ONS's prefixes of code and name (`WD25CD`, `WD25NM`) for the layers known here, and those of tables made from it. */
const layerPrefixes: Readonly<Record<string, readonly string[]>> = {
  ward: ['WD', 'WARD'],
  lsoa: ['LSOA'],
  msoa: ['MSOA'],
  district: ['LAD', 'LTLA'],
  parish: ['PAR'],
  constituency: ['PCON'],
  csp: ['CSP'],
  force: ['PFA'],
};

type Candidate = { readonly prefix: string; readonly code: string; readonly name: string; readonly year: string };

/** `WD25CD`, and `ward24_code` as tables write it. */
const codeProperty = /^([A-Z]{2,12})(\d{2})?(CD|_code)$/i;

/** Finds the properties that hold code and name of a layer's areas; refuses a file in which that is not plain. */
export function findAreaProperties(
  fileName: string,
  properties: readonly string[],
  layer: string,
  given: GivenProperties = {},
): AreaProperties {
  if (given.code !== undefined || given.name !== undefined) return takeGiven(fileName, properties, layer, given);
  const plainCode = properties.find((property) => /^code$/i.test(property));
  const plainName = properties.find((property) => /^name$/i.test(property));
  if (plainCode && plainName) return { code: plainCode, name: plainName, validFrom: null, otherLayer: null };
  const candidates = findCandidates(properties);
  const wanted = layerPrefixes[layer];
  const fitting = wanted ? candidates.filter(({ prefix }) => wanted.includes(prefix)) : candidates;
  const [chosen, second] = fitting;
  if (!chosen) throw noneFits(fileName, properties, candidates, layer);
  if (second) throw ambiguous(fileName, fitting);
  const first = candidates[0] && layerOf(candidates[0].prefix);
  return {
    code: chosen.code,
    name: chosen.name,
    validFrom: yearStart(chosen.year),
    otherLayer: first && first !== layer ? first : null,
  };
}

/** What the person named; a name that was left out is the one beside the code, else the code itself. */
function takeGiven(
  fileName: string,
  properties: readonly string[],
  layer: string,
  given: GivenProperties,
): AreaProperties {
  const named = (option: string, wanted: string) => {
    const found = properties.find((property) => property.toLowerCase() === wanted.trim().toLowerCase());
    if (found !== undefined) return found;
    const message = `${fileName} has no property ${wanted} (${option}). It has: ${properties.join(', ')}.`;
    throw new InputError(message, { code: 'unknown-area-properties', details: { properties } });
  };
  if (given.code === undefined) {
    const name = named('--name', given.name ?? '');
    return { ...findAreaProperties(fileName, properties, layer), name };
  }
  const code = named('--code', given.code);
  const beside = findCandidates(properties).find((candidate) => candidate.code === code);
  const name =
    given.name !== undefined
      ? named('--name', given.name)
      : (beside?.name ?? properties.find((property) => /^name$/i.test(property)) ?? code);
  return { code, name, validFrom: yearStart(beside?.year ?? ''), otherLayer: null };
}

/** A code counts only with a name beside it: `RGNCD` and its like say where an area lies, not which it is. */
function findCandidates(properties: readonly string[]): Candidate[] {
  const candidates: Candidate[] = [];
  for (const code of properties) {
    const match = codeProperty.exec(code);
    if (!match?.[1]) continue;
    const ending = match[3]?.toLowerCase() === 'cd' ? 'nm' : '_name';
    const nameOfCode = `${code.slice(0, -(match[3] as string).length)}${ending}`.toLowerCase();
    const name = properties.find((property) => property.toLowerCase() === nameOfCode);
    if (name) candidates.push({ prefix: match[1].toUpperCase(), code, name, year: match[2] ?? '' });
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
  const has = properties.length > 0 ? `It has: ${properties.join(', ')}.` : 'Its features have no properties at all.';
  const message = other
    ? `${fileName} has no code for the layer ${layer}; it has ${codes}. Load it as the layer ${other}, or choose another file.`
    : `${fileName} has no properties for code and name such as WD25CD and WD25NM. ${has} Name the right ones with --code and --name.`;
  return new InputError(message, { code: 'unknown-area-properties', details: { properties } });
}

function layerOf(prefix: string): string | undefined {
  return Object.keys(layerPrefixes).find((layer) => layerPrefixes[layer]?.includes(prefix));
}

function ambiguous(fileName: string, candidates: readonly Candidate[]): InputError {
  const codes = candidates.map(({ code }) => code).join(' and ');
  const message = `${fileName} has more than one code its areas could go by: ${codes}. Name the right one with --code.`;
  return new InputError(message, { code: 'ambiguous-area-properties', details: { candidates } });
}
