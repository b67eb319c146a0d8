import type { PlacedBy } from '../import-model.ts';
import { binaryArray } from './binary-format.ts';
import { createRememberedPlaces } from './remembered-places.ts';
import { sql } from './sql.ts';
import type { SharedConnection } from './take-turns.ts';

/** A place as a row gives it, and the words for it: a point, or an area's name, or (`placedBy` null) neither. */
export type Placed = {
  readonly lng: number | null;
  readonly lat: number | null;
  readonly placedBy: PlacedBy | null;
  readonly withinMetres: number | null;
  readonly area: { readonly layer: string; readonly name: string; readonly within: string } | null;
  readonly location: string;
};

/** Makes the H3 leaf cell of a position, as a decimal number; handed in because the store does not know H3. */
export type CellOf = (position: { readonly lat: number; readonly lng: number }) => string;

/** Finds the ids of the places of rows, in the order of the rows; 0 for a row without one. */
export type PlaceNumbers = (rows: readonly Placed[]) => Promise<Int32Array>;

/**
 * Places repeat: those met lately are remembered here, and only the others go to the database, which finds or makes
 * them and the areas they lie in.
 */
export function createPlaceNumbers(
  connection: SharedConnection,
  cellOf: CellOf,
  mostRemembered?: number,
): PlaceNumbers {
  const remembered = createRememberedPlaces(mostRemembered);
  return async (rows) => {
    remembered.makeRoom(rows.length);
    const unknown: Placed[] = [];
    const ids = Int32Array.from(rows, (row) => {
      if (row.placedBy === null) return 0;
      const id = remembered.idOf(row);
      if (-id > unknown.length) unknown.push(row);
      return id;
    });
    if (unknown.length === 0) return ids;
    const found = await numberPlaces(connection, unknown, cellOf);
    remembered.learn(found);
    return ids.map((id) => (id < 0 ? found[-id - 1]! : id));
  };
}

async function numberPlaces(
  connection: SharedConnection,
  places: readonly Placed[],
  cellOf: CellOf,
): Promise<Int32Array> {
  const ids = new Int32Array(places.length);
  const seats = places.map((place, index) => ({ place, index }));
  const points = seats.filter(({ place }) => place.lng !== null);
  const named = seats.filter(({ place }) => place.lng === null);
  const note = (group: typeof seats, rows: readonly (readonly [number, number])[]) => {
    for (const [position, id] of rows) ids[group[position - 1]!.index] = id;
  };
  if (points.length > 0)
    note(
      points,
      await numberPoints(
        connection,
        points.map(({ place }) => place),
        cellOf,
      ),
    );
  if (named.length > 0)
    note(
      named,
      await numberNamed(
        connection,
        named.map(({ place }) => place),
      ),
    );
  return ids;
}

async function numberPoints(connection: SharedConnection, places: readonly Placed[], cellOf: CellOf) {
  const { rows } = await connection.queryArrays<[number, number]>(sql('number-places'), [
    binaryArray('double', places, (writer, { lng }) => writer.doubleField(lng)),
    binaryArray('double', places, (writer, { lat }) => writer.doubleField(lat)),
    binaryArray('text', places, (writer, { location }) => writer.textField(location)),
    binaryArray('bigint', places, (writer, { lng, lat }) => writer.bigintField(cellOf({ lng: lng!, lat: lat! }))),
    binaryArray('text', places, (writer, { placedBy }) => writer.textField(placedBy)),
    binaryArray('int', places, (writer, { withinMetres }) => writer.intField(withinMetres)),
  ]);
  return rows;
}

async function numberNamed(connection: SharedConnection, places: readonly Placed[]) {
  const { rows } = await connection.queryArrays<[number, number]>(sql('number-named-places'), [
    places.map(({ area }) => area!.layer),
    places.map(({ area }) => area!.name),
    places.map(({ area }) => area!.within),
    places.map(({ location }) => location),
  ]);
  await connection.query(sql('assign-named-places'), [rows.map(([, id]) => id)]);
  return rows;
}
