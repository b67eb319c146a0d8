import { shared } from '../shared-array.ts';
import type { AreaLayer, ColumnArea } from './columns.ts';

/** An area as the store hands it over; areas of one layer and `validFrom` make a vintage. */
export type PackedArea = ColumnArea & {
  readonly id: number;
  readonly layer: string;
  readonly validFrom: string | null;
  readonly attribution: string;
};

/** Layers whose areas are the same as before, and where their places stand now. */
export type FormerLayers = { readonly layers: readonly AreaLayer[]; readonly placeOfFormer: Uint32Array };

/**
 * Areas grouped into vintages, in the order given, with the area of each place: from packed pairs of place and area, and
 * for the others as it was.
 */
export function buildLayers(
  areas: readonly PackedArea[],
  placeIds: Int32Array,
  placeAreas: readonly Uint8Array[],
  former: FormerLayers | null,
): AreaLayer[] {
  const placeOfId = new Map(Array.from(placeIds, (id, place) => [id, place]));
  const layers = new Map<string, AreaLayer & { areas: ColumnArea[] }>();
  const seats = new Map<number, { areaOfPlace: Int32Array; index: number }>();
  for (const { id, layer, validFrom, attribution, ...area } of areas) {
    const key = `${layer} ${validFrom}`;
    const vintage = layers.get(key) ?? {
      layer,
      validFrom,
      attribution,
      areas: [],
      areaOfPlace: shared(Int32Array, placeIds.length).fill(-1),
    };
    layers.set(key, vintage);
    seats.set(id, { areaOfPlace: vintage.areaOfPlace, index: vintage.areas.push(area) - 1 });
  }
  for (const chunk of placeAreas) {
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let at = 0; at < chunk.byteLength; at += 8) {
      const seat = seats.get(view.getInt32(at + 4));
      const place = placeOfId.get(view.getInt32(at));
      if (seat && place !== undefined) seat.areaOfPlace[place] = seat.index;
    }
  }
  const built = [...layers.values()];
  if (former) keepAreas(built, former);
  return built;
}

function keepAreas(layers: readonly AreaLayer[], { layers: known, placeOfFormer }: FormerLayers): void {
  layers.forEach(({ areaOfPlace }, vintage) => {
    const before = known[vintage]!.areaOfPlace;
    for (let place = 0; place < before.length; place++) areaOfPlace[placeOfFormer[place]!] = before[place]!;
  });
}
