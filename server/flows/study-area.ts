import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { type CellIndex, cellIndex } from '../count/cell-index.ts';
import type { AreaLayer, Columns } from '../count/columns.ts';
import { sumByCell } from '../count/sums.ts';
import { vintageOf } from '../count/vintage-of.ts';
import { InputError } from '../errors.ts';
import { type AreaReference, type Filter, vintageWords } from '../model.ts';
import type { Neighbours } from '../statistics/neighbours.ts';
import type { Database } from '../store/database.ts';
import { readAreaPolygons } from '../store/read-area-polygons.ts';
import type { Holdings } from './load-holdings.ts';
import { prepareCells } from './prepare-cells.ts';
import { remember } from './remember.ts';
import { cellsByArea, studyCells } from './study-cells.ts';

/** The cells that a statistic compares with one another, zeros included. */
export type Study = {
  readonly resolution: number;
  /** In rising order of key. */
  readonly cells: readonly string[];
  readonly keys: Float64Array;
  readonly neighbours: Neighbours;
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
  const inside = await insideKeys(database, holdings, parts, resolution);
  const held = await prepareCells(holdings, resolution);
  const isCounted = await cellsWithAny(held, counted);
  const added = held.keys.filter((key, cell) => isCounted[cell] === 1 && !inside.has(key));
  const names = parts.map(({ vintage, codes }) => `${vintage.layer} ${vintage.validFrom} ${codes.join()}`);
  const key = `${resolution} ${names.join(' ')} ${fingerprint(added)}`;
  const cache = studies.get(holdings) ?? new LRUCache<string, Study>({ max: 30 });
  studies.set(holdings, cache);
  const known = cache.get(key);
  if (known) return known;
  const study = await buildStudy([...inside, ...added], resolution, parts, added.length);
  cache.set(key, study);
  return study;
}

/** For each held cell 1 where any of the lists has something in it; others are answered between the lists. */
async function cellsWithAny(held: CellIndex, lists: readonly ArrayLike<number>[]): Promise<Uint8Array> {
  const hasAny = new Uint8Array(held.keys.length);
  for (const byPlace of lists) {
    sumByCell(held, byPlace).forEach((sum, cell) => {
      if (sum > 0) hasAny[cell] = 1;
    });
    await nextTurn();
  }
  return hasAny;
}

/** Tells lists of cells apart without a text of them all: a country has a hundred thousand. */
function fingerprint(keys: Float64Array): string {
  return createHash('sha256').update(keys).digest('base64');
}

/** The values of places summed into the study's cells. */
export function sumByStudyCell(holdings: Holdings, study: Study, byPlace: ArrayLike<number>): Float64Array {
  const held = cellIndex(holdings.columns, study.resolution);
  const sums = sumByCell(held, byPlace);
  const byStudy = new Float64Array(study.keys.length);
  // both lists rise: walk them side by side
  for (let cell = 0, at = 0; cell < held.keys.length; cell++) {
    while (at < byStudy.length && study.keys[at]! < held.keys[cell]!) at++;
    if (study.keys[at] === held.keys[cell]) byStudy[at] = sums[cell]!;
  }
  return byStudy;
}

/** The same for several lists of places; others are answered between them. */
export async function sumEach(
  holdings: Holdings,
  study: Study,
  lists: readonly ArrayLike<number>[],
): Promise<Float64Array[]> {
  const sums: Float64Array[] = [];
  for (const byPlace of lists) {
    sums.push(sumByStudyCell(holdings, study, byPlace));
    await nextTurn();
  }
  return sums;
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
  const rough = await insideKeys(database, holdings, parts, roughResolution);
  refuse(rough.size * 7 ** (resolution - roughResolution), resolution);
}

function refuse(cells: number, resolution: number): void {
  if (cells <= mostCells) return;
  throw new InputError(
    `resolution: about ${Math.round(cells).toLocaleString('en-GB')} cells of resolution ${resolution} are too many to compare; choose a coarser resolution or fewer areas`,
  );
}

async function buildStudy(
  unsorted: readonly number[],
  resolution: number,
  parts: readonly StudyPart[],
  added: number,
): Promise<Study> {
  refuse(unsorted.length, resolution);
  const { keys, cells, neighbours } = await studyCells(unsorted, resolution);
  const areas = parts.flatMap(({ vintage: { layer }, codes }) => codes.map((code) => ({ layer, code })));
  const boundaries = parts.map(({ vintage }) => vintageWords(vintage.layer, vintage.validFrom));
  return { resolution, cells, keys, neighbours, areas, boundaries, added };
}

async function insideKeys(
  database: Database,
  holdings: Holdings,
  parts: readonly StudyPart[],
  resolution: number,
): Promise<Set<number>> {
  const keys = new Set<number>();
  for (const { vintage, codes } of parts) {
    const cellsByCode = await cellsOfVintage(database, holdings, vintage, resolution);
    for (const code of codes) for (const key of cellsByCode.get(code) ?? []) keys.add(key);
  }
  return keys;
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
