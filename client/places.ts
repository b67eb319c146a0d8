import { computed, signal } from '@preact/signals';
import type { Hotspot } from '../server/model.ts';
import { cellRanking, shownCells } from './cells/shown-cells.ts';
import { areaLayerData, boundaries, hotspots, rankedAreas, resolution, streets } from './data.ts';
import { areaFinder } from './map/area-finder.ts';
import type { CellGeometry } from './map/cell-geometry.ts';
import type { Ranked } from './map/ranking.ts';
import { streetNames } from './map/street-names.ts';
import { measureWords } from './measures/measure-words.ts';
import { type Cell, measureOf, methodOf } from './measures/measures.ts';
import type { Place } from './view.ts';

/** H3 geometry, once loaded: it is large and only names and shapes need it. */
export const cellGeometry = signal<CellGeometry | null>(null);

/** Loads H3, after the first picture of the page. */
export async function loadCellGeometry(): Promise<void> {
  const module = await import('./map/cell-geometry.ts');
  cellGeometry.value = module.cellGeometry;
}

type Counted = Ranked<{ readonly count: number; readonly previous?: number | undefined }>;
const areasByCode = computed(() => new Map(rankedAreas.value.map((area) => [area.code, area])));
const hotspotsById = computed(() => new Map((hotspots.state.value.data?.hotspots ?? []).map((one) => [one.id, one])));
const hotspotOfCells = computed(
  () => new Map((hotspots.state.value.data?.hotspots ?? []).flatMap((one) => one.cells.map((cell) => [cell, one]))),
);
const namedStreets = computed(() => {
  const named = streets.state.value.data?.streets ?? [];
  return cellGeometry.value ? streetNames(cellGeometry.value, named, resolution.value) : null;
});
const areaOfCells = computed(() => {
  const find = areaFinder(boundaries.state.value.data?.features ?? []);
  const geometry = cellGeometry.value;
  return memoise((cell: string) => (geometry ? find(geometry.centreOf(cell)) : null));
});
const areaNames = computed(() => {
  const held = areaLayerData.value?.areas ?? [];
  const times = new Map<string, number>();
  for (const { name } of held) times.set(name, (times.get(name) ?? 0) + 1);
  // Two wards of one name, in two districts: only the code tells them apart.
  return new Map(held.map(({ code, name }) => [code, times.get(name) === 1 ? name : `${name} (${code})`]));
});

/** Count and rank of a place under the filter; null when it has none (an empty hexagon). */
export function figuresOf(place: Place): (Counted & { ratePer1000?: number | undefined }) | null {
  if (place.kind === 'hotspot') return null;
  return place.kind === 'cell' ? cellRanking.value.find(place.cell) : (areasByCode.value.get(place.code) ?? null);
}

/** A hexagon of the answer on the map, those without an incident too when it is a statistic. */
export function measuredCell(cell: string): Cell | null {
  const values = shownCells.value?.values;
  const index = values?.indexOf(cell) ?? -1;
  return values && index >= 0 ? values.cellAt(index) : null;
}

/** What the measure on the map says of a hexagon, in words; null for the count. */
export function wordsOfCell(cell: string): string | null {
  const [found, url] = [measuredCell(cell), shownCells.value?.url];
  return found && url ? measureWords(measureOf(url), found, methodOf(url)) : null;
}

/** A hot spot of the last answer by its id. */
export function hotspotOf(id: string): Hotspot | null {
  return hotspotsById.value.get(id) ?? null;
}

/** The hot spot a hexagon is part of. */
export function hotspotOfCell(cell: string): Hotspot | null {
  return hotspotOfCells.value.get(cell) ?? null;
}

/** Name of an area of the layer in use. */
export function areaName(code: string): string {
  return areaNames.value.get(code) ?? code;
}

/** Up to three street names of a hexagon, most frequent first. */
export function streetsOf(cell: string): readonly string[] {
  return namedStreets.value?.inside(cell) ?? [];
}

/** Code of the area that holds a hexagon's centre, where it is known. */
export function areaOfCell(cell: string): string | null {
  return areaOfCells.value(cell);
}

/** What to call a place: an area's name; a hexagon's streets, else the nearest one, else its index. */
export function placeName(place: Place): string {
  if (place.kind === 'area') return areaName(place.code);
  if (place.kind === 'hotspot') return hotspotOf(place.id)?.name ?? 'Hot spot';
  const names = streetsOf(place.cell);
  if (names.length > 0) return names.slice(0, 2).join(', ');
  const near = namedStreets.value?.near(place.cell);
  return near ? `Near ${near}` : `Hexagon ${shortCell(place.cell)}`;
}

/** The part of a cell's index that tells it from its neighbours. */
function shortCell(cell: string): string {
  return cell.slice(2).replace(/f+$/, '');
}

function memoise<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key) as T;
  };
}
