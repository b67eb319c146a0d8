import { LRUCache } from 'lru-cache';
import { cellIndex, cellOfKey, keyOfCell } from '../count/cell-index.ts';
import type { AreaLayer, Columns } from '../count/columns.ts';
import { sumByCell } from '../count/sums.ts';
import { vintageOf } from '../count/vintage-of.ts';
import { InputError } from '../errors.ts';
import { cellsOfArea } from '../locate/cells-of-areas.ts';
import { type AreaReference, type Filter, vintageWords } from '../model.ts';
import type { Neighbours } from '../statistics/neighbours.ts';
import type { Database } from '../store/database.ts';
import { readAreaPolygons } from '../store/read-area-polygons.ts';
import type { Holdings } from './load-holdings.ts';
import { prepareCells } from './prepare-cells.ts';
import { studyCells } from './study-cells.ts';

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
const polygonCells = new WeakMap<Holdings, Map<string, Promise<Map<string, Float64Array>>>>();

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
  const sums = counted.map((byPlace) => sumByCell(held, byPlace));
  const added = held.keys.filter((key, cell) => !inside.has(key) && sums.some((sum) => sum[cell]! > 0));
  const names = parts.map(({ vintage, codes }) => `${vintage.layer} ${vintage.validFrom} ${codes.join()}`);
  const key = `${resolution} ${names.join(' ')} ${added.join()}`;
  const cache = studies.get(holdings) ?? new LRUCache<string, Study>({ max: 30 });
  studies.set(holdings, cache);
  const known = cache.get(key);
  if (known) return known;
  const study = await buildStudy([...inside, ...added], resolution, parts, added.length);
  cache.set(key, study);
  return study;
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
  const { keys, neighbours } = await studyCells(unsorted, resolution);
  const cells = Array.from(keys, (key) => cellOfKey(key, resolution));
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

function cellsOfVintage(database: Database, holdings: Holdings, { layer, validFrom }: AreaLayer, resolution: number) {
  const known = polygonCells.get(holdings) ?? new Map<string, Promise<Map<string, Float64Array>>>();
  polygonCells.set(holdings, known);
  const key = `${layer} ${validFrom} ${resolution}`;
  let cells = known.get(key);
  if (!cells) {
    cells = database
      .read((client) => readAreaPolygons(client, layer, validFrom))
      .then(
        (areas) =>
          new Map(
            areas.map(({ code, geometry }) => [
              code,
              Float64Array.from(cellsOfArea(JSON.parse(geometry), resolution), keyOfCell),
            ]),
          ),
      );
    cells.catch(() => known.delete(key));
    known.set(key, cells);
  }
  return cells;
}
