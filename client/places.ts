import { computed, signal } from '@preact/signals';
import { areaLayerData, rankedAreas, rankedCells, resolution, streets } from './data.ts';
import type { CellGeometry } from './map/cell-geometry.ts';
import type { Ranked } from './map/ranking.ts';
import type { Place } from './view.ts';

/** H3 geometry, once loaded: it is large and only names and shapes need it. */
export const cellGeometry = signal<CellGeometry | null>(null);
/** Which area holds a position, once the map's polygons are there. */
export const areaAt = signal<((position: { lat: number; lng: number }) => string | null) | null>(null);

type Counted = Ranked<{ readonly count: number; readonly previous?: number | undefined }>;
const cellsById = computed(() => new Map(rankedCells.value.map((cell) => [cell.cell, cell])));
const areasByCode = computed(() => new Map(rankedAreas.value.map((area) => [area.code, area])));
const streetsByCell = computed(
  () => cellGeometry.value?.streetsByCell(streets.state.value.data?.streets ?? [], resolution.value) ?? null,
);
const areaNames = computed(() => new Map(areaLayerData.value?.areas.map(({ code, name }) => [code, name])));

/** Count and rank of a place under the filter; null when it has none (an empty hexagon). */
export function figuresOf(place: Place): (Counted & { ratePer1000?: number | undefined }) | null {
  return (place.kind === 'cell' ? cellsById.value.get(place.cell) : areasByCode.value.get(place.code)) ?? null;
}

/** Name of an area of the layer in use. */
export function areaName(code: string): string {
  return areaNames.value.get(code) ?? code;
}

/** Up to three street names of a hexagon, most frequent first. */
export function streetsOf(cell: string): readonly string[] {
  return streetsByCell.value?.get(cell) ?? [];
}

/** Code of the area that holds a hexagon's centre, where it is known. */
export function areaOfCell(cell: string): string | null {
  const centre = cellGeometry.value?.centreOf(cell);
  return centre ? (areaAt.value?.(centre) ?? null) : null;
}

/** What to call a place: an area's name; a hexagon's streets, else its area, else its index. */
export function placeName(place: Place): string {
  if (place.kind === 'area') return areaName(place.code);
  const names = streetsOf(place.cell);
  if (names.length > 0) return names.slice(0, 2).join(', ');
  return `Hexagon ${shortCell(place.cell)}`;
}

/** The part of a cell's index that tells it from its neighbours. */
export function shortCell(cell: string): string {
  return cell.slice(2).replace(/f+$/, '');
}
