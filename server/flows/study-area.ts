import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { cellOfKey } from '../count/cell-index.ts';
import type { AreaLayer, Columns } from '../count/columns.ts';
import { vintageOf } from '../count/vintage-of.ts';
import { InputError } from '../errors.ts';
import { type AreaReference, type Filter, vintageWords } from '../model.ts';
import type { Neighbours } from '../statistics/neighbours.ts';
import type { Database } from '../store/database.ts';
import { readAreaPolygons } from '../store/read-area-polygons.ts';
import type { Holdings } from './load-holdings.ts';
import { prepareCells } from './prepare-cells.ts';
import { remember } from './remember.ts';
import { cellsByArea, cellsInOrCounted, joinedCells, sumsByCell } from './study-cells.ts';

/** The cells that a statistic compares with one another, zeros included. */
export type Study = {
  readonly resolution: number;
  /** The keys of its cells, rising. */
  readonly keys: Float64Array;
  readonly neighbours: Neighbours;
  /** Mean area of a cell in square metres; 0 where there is none. */
  readonly cellArea: number;
  /** The areas whose cells these are; empty when no boundaries are held. */
  readonly areas: readonly AreaReference[];
  /** The layers and vintages of those areas, in words. */
  readonly boundaries: readonly string[];
  /** Cells whose centre lies in none of the areas, but which hold an incident. */
  readonly added: number;
};

/** Areas of one vintage among those studied. */
type StudyPart = { readonly vintage: AreaLayer; readonly codes: readonly string[] };

/** More cells than this make no map that a person reads; a statistic over them would only keep others waiting. */
const mostCells = 200_000;
/** Resolution at which the size of a study is told beforehand: cells of half a square kilometre. */
const roughResolution = 8;
const studies = new WeakMap<Holdings, LRUCache<string, Study>>();

/**
 * The study area: cells whose centre lies in the areas of the filter (else in any area of `layer`), and cells with an
 * incident among those counted (`counted` by place, one list for each period).
 */
export async function studyArea(
  database: Database,
  holdings: Holdings,
  filter: Filter,
  layer: AreaLayer | null,
  resolution: number,
  counted: readonly ArrayLike<number>[],
): Promise<Study> {
  const parts = studyParts(holdings.columns, filter, layer);
  await refuseTooMany(database, holdings, parts, resolution);
  const inAreas = await keysByArea(database, holdings, parts, resolution);
  const { keys, added } = await cellsInOrCounted(inAreas, await prepareCells(holdings, resolution), counted);
  const names = parts.map(({ vintage, codes }) => `${vintage.layer} ${vintage.validFrom} ${codes.join()}`);
  const name = `${resolution} ${names.join(' ')} ${fingerprint(keys)}`;
  const cache = studies.get(holdings) ?? new LRUCache<string, Study>({ max: 30 });
  studies.set(holdings, cache);
  const known = cache.get(name);
  if (known) return known;
  const study = await buildStudy(keys, resolution, parts, added);
  cache.set(name, study);
  return study;
}

/** Tells lists of cells apart without a text of them all: a country has a hundred thousand. */
function fingerprint(keys: Float64Array): string {
  return createHash('sha256').update(keys).digest('base64');
}

/** The H3 index of a cell of a study, by its position. */
export function cellAt({ keys, resolution }: Pick<Study, 'keys' | 'resolution'>, position: number): string {
  return cellOfKey(keys[position]!, resolution);
}

/** The values of places summed into the study's cells. */
export async function sumByStudyCell(
  holdings: Holdings,
  study: Study,
  byPlace: ArrayLike<number>,
): Promise<Float64Array> {
  return (await sumEach(holdings, study, [byPlace]))[0]!;
}

/** The same for several lists of places. */
export async function sumEach(
  holdings: Holdings,
  study: Study,
  lists: readonly ArrayLike<number>[],
): Promise<Float64Array[]> {
  return sumsByCell(await prepareCells(holdings, study.resolution), study.keys, lists);
}

/** The areas of the filter, each in the vintage it is meant in, else all of the layer. */
function studyParts(columns: Columns, { areas }: Filter, layer: AreaLayer | null): readonly StudyPart[] {
  if (!areas) return layer ? [{ vintage: layer, codes: layer.areas.map(({ code }) => code) }] : [];
  const codesOf = new Map<AreaLayer, string[]>();
  for (const area of areas) {
    const vintage = vintageOf(columns, area);
    if (vintage) codesOf.set(vintage, [...(codesOf.get(vintage) ?? []), area.code]);
  }
  return [...codesOf].map(([vintage, codes]) => ({ vintage, codes }));
}

/** Refuses before any cell is made: filling a county with cells of ten metres would take as long as it takes to say no. */
async function refuseTooMany(database: Database, holdings: Holdings, parts: readonly StudyPart[], resolution: number) {
  if (resolution <= roughResolution) return;
  const inAreas = await keysByArea(database, holdings, parts, roughResolution);
  const factor = 7 ** (resolution - roughResolution);
  if (lengthOf(inAreas) * factor <= mostCells) return;
  // areas may lie over one another: then their cells are the same
  refuse(new Set(inAreas.flatMap((keys) => [...keys])).size * factor, resolution);
}

function refuse(cells: number, resolution: number): void {
  if (cells <= mostCells) return;
  throw new InputError(
    `resolution: about ${Math.round(cells).toLocaleString('en-GB')} cells of resolution ${resolution} are too many to compare; choose a coarser resolution or fewer areas`,
  );
}

function lengthOf(lists: readonly Float64Array[]): number {
  return lists.reduce((sum, { length }) => sum + length, 0);
}

async function buildStudy(
  keys: Float64Array,
  resolution: number,
  parts: readonly StudyPart[],
  added: number,
): Promise<Study> {
  refuse(keys.length, resolution);
  const { neighbours, cellArea } = await joinedCells(keys, resolution);
  const areas = parts.flatMap(({ vintage: { layer }, codes }) => codes.map((code) => ({ layer, code })));
  const boundaries = parts.map(({ vintage }) => vintageWords(vintage.layer, vintage.validFrom));
  return { resolution, keys, neighbours, cellArea, areas, boundaries, added };
}

/** The keys of the cells in each area of the parts. */
async function keysByArea(
  database: Database,
  holdings: Holdings,
  parts: readonly StudyPart[],
  resolution: number,
): Promise<Float64Array[]> {
  const lists: Float64Array[] = [];
  for (const { vintage, codes } of parts) {
    const cellsByCode = await cellsOfVintage(database, holdings, vintage, resolution);
    for (const code of codes) lists.push(cellsByCode.get(code) ?? new Float64Array(0));
  }
  return lists;
}

function cellsOfVintage(
  database: Database,
  holdings: Holdings,
  { layer, validFrom }: AreaLayer,
  resolution: number,
): Promise<Map<string, Float64Array>> {
  const make = async () => {
    const areas = await database.read((client) => readAreaPolygons(client, layer, validFrom));
    return cellsByArea(areas, resolution);
  };
  const bytesOf = (cells: Map<string, Float64Array>) =>
    [...cells.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  return remember(holdings, `cells of areas ${layer} ${validFrom} ${resolution}`, make, bytesOf);
}
