import { seededRandom } from '../../server/demo/seeded-random.ts';
import { cellToDecimal, leafCell } from '../../server/locate/cell-of.ts';
import type { Position } from '../../server/model.ts';
import { createRandom } from '../../server/statistics/random.ts';
import { createTimes } from './hour-profile.ts';
import type { NationalRows } from './national-file.ts';

const seed = 1;
const metresPerDegree = 111_195;
/** How far a repeated point is moved: another house of the same street. */
const nearestMetres = 10;
const farthestMetres = 60;
/** Lines are handed over in texts of about a megabyte. */
const linesPerText = 10_000;

/** Numbers of the rows that make a data set of a size: all rows, copy after copy, and evenly spread rows of the last. */
function* chosenRows(rows: number, incidents: number): Generator<{ copy: number; row: number }> {
  for (let copy = 0; copy * rows < incidents; copy++) {
    const wanted = Math.min(rows, incidents - copy * rows);
    for (let row = 0; row < rows; row++) {
      if (Math.floor(((row + 1) * wanted) / rows) > Math.floor((row * wanted) / rows)) yield { copy, row };
    }
  }
}

/** The places and incidents of a derived data set as lines for COPY, and the id of each place. */
export function deriveIncidents(national: NationalRows, incidents: number) {
  const points = national.lngs.length;
  const copies = Math.ceil(incidents / national.pointOfRow.length);
  const placeIds = new Int32Array(points * copies);
  let places = 0;
  for (const { copy, row } of chosenRows(national.pointOfRow.length, incidents)) {
    const place = copy * points + national.pointOfRow[row]!;
    if (placeIds[place] === 0) placeIds[place] = ++places;
  }
  return {
    places,
    placeLines: () => inTexts(placeLines(national, placeIds)),
    incidentLines: () => inTexts(incidentLines(national, placeIds, incidents)),
  };
}

/** id, lng, lat, location, cell; the first copy of a point stands where it was published. */
function* placeLines({ lngs, lats }: NationalRows, placeIds: Int32Array): Generator<string> {
  for (let place = 0; place < placeIds.length; place++) {
    if (placeIds[place] === 0) continue;
    const copy = Math.floor(place / lngs.length);
    const point = place % lngs.length;
    const published = { lng: Number(lngs[point]), lat: Number(lats[point]) };
    const { lng, lat } = copy === 0 ? published : moved(published, place);
    const location = copy === 0 ? 'published point' : `derived copy ${copy}`;
    yield `${placeIds[place]}\t${lng}\t${lat}\t${location}\t${cellToDecimal(leafCell({ lng, lat }))}\n`;
  }
}

/** A point some tens of metres off, in a direction of its own: the same at every filling. */
function moved({ lng, lat }: Position, stream: number): Position {
  const { uniform } = createRandom(seed, stream);
  const metres = nearestMetres + uniform() * (farthestMetres - nearestMetres);
  const angle = uniform() * 2 * Math.PI;
  const north = (metres * Math.sin(angle)) / metresPerDegree;
  const east = (metres * Math.cos(angle)) / (metresPerDegree * Math.cos((lat * Math.PI) / 180));
  return { lng: Number((lng + east).toFixed(8)), lat: Number((lat + north).toFixed(8)) };
}

/** identity, content, category, time, place. */
function* incidentLines(national: NationalRows, placeIds: Int32Array, incidents: number): Generator<string> {
  const { categoryOfRow, monthOfRow, pointOfRow, months, lngs } = national;
  const timeIn = createTimes(months, seededRandom(seed));
  let number = 0;
  for (const { copy, row } of chosenRows(pointOfRow.length, incidents)) {
    const identity = (++number).toString(16).padStart(32, '0');
    const place = placeIds[copy * lngs.length + pointOfRow[row]!];
    yield `${identity}\t${identity}\t${categoryOfRow[row]! + 1}\t${timeIn(monthOfRow[row]!)}\t${place}\n`;
  }
}

function* inTexts(lines: Iterable<string>): Generator<string> {
  let batch: string[] = [];
  for (const line of lines) {
    if (batch.push(line) < linesPerText) continue;
    yield batch.join('');
    batch = [];
  }
  yield batch.join('');
}
