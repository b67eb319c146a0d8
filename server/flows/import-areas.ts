import { InputError } from '../errors.ts';
import { readAreas } from '../import/read-areas.ts';
import { readPopulation } from '../import/read-population.ts';
import { bngToWgs84 } from '../locate/bng-to-wgs84.ts';
import { type Day, vintageWords } from '../model.ts';
import type { Database } from '../store/database.ts';
import { listVintages, type WrittenAreas, writeAreas } from '../store/write-areas.ts';
import { describePopulation } from './import-population.ts';
import { some } from './wording.ts';

export type AreasOptions = {
  readonly layer: string;
  /** First day of the boundaries; without it, the year in the file's own property names. */
  readonly validFrom: Day | undefined;
  /** Properties of the file that hold code and name, where they cannot be found. */
  readonly code?: string | undefined;
  readonly name?: string | undefined;
  readonly populationFile: string | undefined;
  /** The column of residents, where the file has several. */
  readonly populationColumn?: string | undefined;
};

/** Words that name something else where a layer could stand. */
const reservedNames = ['cell', 'cells', 'hexagons', 'hotspot', 'hotspots'];

/** Takes in a boundary file, whole or not at all; returns what was done, as lines for a person. */
export async function importAreas(database: Database, path: string, options: AreasOptions): Promise<string[]> {
  const layer = checkedLayer(options.layer);
  const { code, name } = options;
  const parsed = await readAreas(path, { layer, code, name, bngToWgs84 });
  const codes = parsed.areas.map((area) => area.code);
  const population = options.populationFile
    ? await readPopulation(options.populationFile, codes, { column: options.populationColumn })
    : undefined;
  const validFrom = options.validFrom ?? parsed.validFrom;
  const vintage = { layer, validFrom, attribution: attributionOf(parsed.codeProperty, validFrom) };
  const rows = parsed.areas.map((area) => ({ ...area, population: population?.populations.get(area.code) ?? null }));
  const { written, others } = await database.change(async (client) => {
    const others = (await listVintages(client, layer)).filter((held) => held.validFrom !== validFrom);
    return { written: await writeAreas(client, vintage, rows), others: others.map((held) => held.validFrom) };
  });
  return [
    `${written.written} areas of layer ${layer}, valid from ${validFrom ?? 'an unknown day'}; code from ${parsed.codeProperty}, name from ${parsed.nameProperty}`,
    ...(parsed.fromGrid ? ['coordinates turned from the British National Grid into WGS84'] : []),
    ...describeWritten(written),
    ...(population ? describePopulation(population) : []),
    ...describeOthers(layer, validFrom, others),
  ];
}

/** The name of a layer, refused where it could not be told from other words. */
function checkedLayer(layer: string): string {
  if (/^[a-z][a-z0-9-]*$/.test(layer) && !reservedNames.includes(layer)) return layer;
  throw new InputError(`"${layer}" cannot be the name of a layer; use lower-case letters, such as ward or lsoa`);
}

function describeWritten({ replaced, mended, removed }: WrittenAreas): string[] {
  return [
    ...(replaced > 0 ? [`${replaced} of them were held before and are replaced`] : []),
    ...(removed.length > 0 ? [`taken out, because areas of this file lie there now: ${some(removed)}`] : []),
    ...(mended.length > 0 ? [`outlines that crossed or touched themselves, mended: ${some(mended)}`] : []),
  ];
}

/** Vintages side by side: which one is counted on, unless another is asked for. */
function describeOthers(layer: string, validFrom: Day | null, others: readonly (Day | null)[]): string[] {
  if (others.length === 0) return [];
  const newest = [validFrom, ...others].sort((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1)).at(-1) ?? null;
  const words = others.map((other) => vintageWords(layer, other)).join(', ');
  return [`also held: ${words}; figures are counted on the ${vintageWords(layer, newest)} unless others are chosen`];
}

/** Boundaries with the property names of the Office for National Statistics carry its attribution. */
function attributionOf(codeProperty: string, validFrom: Day | null): string {
  if (!/^[A-Z]+\d{2}CD$/i.test(codeProperty)) return '';
  const year = validFrom ? ` ${validFrom.slice(0, 4)}` : '';
  return `Source: Office for National Statistics licensed under the Open Government Licence v3.0. Contains OS data © Crown copyright and database right${year}.`;
}
