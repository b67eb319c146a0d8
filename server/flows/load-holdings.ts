import { buildColumns } from '../count/build-columns.ts';
import { keyOfCell } from '../count/cell-index.ts';
import type { AreaLayer, Columns, Places } from '../count/columns.ts';
import { shared } from '../count/shared-array.ts';
import type { Database } from '../store/database.ts';
import {
  readDictionaries,
  readIncidents,
  type StoredArea,
  type StoredPlace,
  type StoredSource,
} from '../store/read-columns.ts';

/** Everything held at one version of the data, ready to be counted; replaced as a whole when the data change. */
export type Holdings = {
  readonly columns: Columns;
  /** Tells this database from every other, for caches that outlive it. */
  readonly instance: string;
  readonly sources: readonly StoredSource[];
};

/** Reads the whole database, on one unchanging view of it, into columns. */
export async function loadHoldings(database: Database): Promise<Holdings> {
  return database.read(async (client) => {
    const stored = await readDictionaries(client);
    const places = placeColumns(stored.places);
    const columns = await buildColumns({
      version: stored.version,
      places,
      layers: areaLayers(stored.areas, places, stored.placeAreas),
      categories: stored.categories,
      flagSets: stored.flagSets,
      incidents: stored.incidents,
      chunks: readIncidents(client, stored.last),
    });
    return {
      columns,
      instance: stored.instance,
      sources: stored.sources,
    };
  });
}

function placeColumns(stored: readonly StoredPlace[]): Places {
  const numbers = new Map<string, number>();
  const locations: string[] = [];
  const locationOf = Uint32Array.from(stored, ({ location }) => {
    let number = numbers.get(location);
    if (number === undefined) {
      number = locations.push(location) - 1;
      numbers.set(location, number);
    }
    return number;
  });
  return {
    ids: Int32Array.from(stored, ({ id }) => id),
    keys: Float64Array.from(stored, ({ cell }) => keyOfCell(BigInt(cell).toString(16))),
    lats: sharedFloats(stored, ({ lat }) => lat),
    lngs: sharedFloats(stored, ({ lng }) => lng),
    locationOf,
    locations,
  };
}

function sharedFloats(stored: readonly StoredPlace[], value: (place: StoredPlace) => number): Float64Array {
  const floats = shared(Float64Array, stored.length);
  stored.forEach((place, index) => {
    floats[index] = value(place);
  });
  return floats;
}

/** Areas grouped into vintages, with the area of each place. */
function areaLayers(areas: readonly StoredArea[], places: Places, placeAreas: Uint8Array | null): AreaLayer[] {
  const rank = new Map(Array.from(places.ids, (id, index) => [id, index]));
  const layers = new Map<string, AreaLayer & { areas: AreaLayer['areas'][number][] }>();
  const seat = new Map<number, { layer: AreaLayer; index: number }>();
  for (const area of areas) {
    const key = `${area.layer} ${area.validFrom}`;
    const layer = layers.get(key) ?? {
      layer: area.layer,
      validFrom: area.validFrom,
      attribution: area.attribution,
      areas: [],
      areaOfPlace: new Int32Array(places.ids.length).fill(-1),
    };
    layers.set(key, layer);
    const { code, name, population, west, south, east, north } = area;
    seat.set(area.id, {
      layer,
      index: layer.areas.push({ code, name, population, bbox: [west, south, east, north] }) - 1,
    });
  }
  const view = placeAreas && new DataView(placeAreas.buffer, placeAreas.byteOffset, placeAreas.byteLength);
  for (let offset = 0; view && offset < view.byteLength; offset += 8) {
    const found = seat.get(view.getInt32(offset + 4));
    const place = rank.get(view.getInt32(offset));
    if (found && place !== undefined) found.layer.areaOfPlace[place] = found.index;
  }
  return [...layers.values()];
}
