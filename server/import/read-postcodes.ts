import { InputError } from '../errors.ts';
import type { Rows } from './rows.ts';

/** A row of a list of postcodes: a point in degrees, or in metres of the British National Grid. */
export type ListedPostcode = {
  readonly line: number;
  readonly postcode: string;
  readonly system: 'wgs84' | 'bng';
  /** Longitude or easting, latitude or northing. */
  readonly x: number;
  readonly y: number;
  readonly withinMetres: number;
};

type Layout = {
  readonly postcode: number;
  readonly system: 'wgs84' | 'bng';
  readonly x: number;
  readonly y: number;
  /** Where the positional quality stands; −1 without. */
  readonly quality: number;
};

/** Code-Point Open has no header: postcode, positional quality, easting, northing, then codes of areas. */
const codePointOpen: Layout = { postcode: 0, system: 'bng', x: 2, y: 3, quality: 1 };
const postcodeForm = /^[A-Z]{1,2}\d[A-Z\d]? *\d[A-Z]{2}$/i;

/** A postcode has some fifteen addresses, whose middle is the point given: most lie within this of it. */
const unitMetres = 100;
/**
 * Positional quality of Code-Point Open: 10 to 40 are points of the unit itself, 50 was put in by hand, 60 is the middle
 * of the whole sector, 90 has no point. The metres are our estimates of how far an address may lie from it.
 */
const metresOfQuality: Readonly<Record<string, number>> = {
  10: unitMetres,
  20: unitMetres,
  30: 150,
  40: 200,
  50: 500,
  60: 3_000,
};

/** Reads a list of postcodes: Code-Point Open as it is, or a table with a header; rows without a point are passed over. */
export async function* readPostcodeList(rows: Rows): AsyncGenerator<readonly ListedPostcode[]> {
  const isBare = postcodeForm.test(rows.header[0] ?? '');
  const layout = isBare ? codePointOpen : findLayout(rows);
  const read = (fields: readonly string[], line: number) => readRow(rows.name, layout, fields, line);
  try {
    if (isBare) yield [read(rows.header, 1)].filter((row) => row !== null);
    for await (const batch of rows.batches) {
      yield batch.map(({ fields, line }) => read(fields, line)).filter((row) => row !== null);
    }
  } finally {
    await rows.close();
  }
}

const names = {
  postcode: ['postcode', 'pcds', 'pcd', 'pcd2', 'pcd7', 'pcd8'],
  lng: ['lng', 'lon', 'long', 'longitude'],
  lat: ['lat', 'latitude'],
  easting: ['easting', 'eastings', 'oseast1m', 'east1m'],
  northing: ['northing', 'northings', 'osnrth1m', 'north1m'],
  quality: ['positional quality indicator', 'osgrdind', 'gridind'],
};

function findLayout(rows: Rows): Layout {
  const header = rows.header.map((name) =>
    name
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_-]+/g, ' '),
  );
  const find = (wanted: readonly string[]) => header.findIndex((name) => wanted.includes(name));
  const [postcode, quality] = [find(names.postcode), find(names.quality)];
  const [lng, lat, easting, northing] = [find(names.lng), find(names.lat), find(names.easting), find(names.northing)];
  if (postcode >= 0 && lng >= 0 && lat >= 0) return { postcode, system: 'wgs84', x: lng, y: lat, quality };
  if (postcode >= 0 && easting >= 0 && northing >= 0)
    return { postcode, system: 'bng', x: easting, y: northing, quality };
  throw new InputError(
    `${rows.name} is no list of postcodes: it needs a column postcode and lat and lng, or easting and northing; it has ${rows.header.slice(0, 20).join(', ')}. The files of Code-Point Open (Data/CSV) can be taken as they are.`,
    { code: 'not-postcodes' },
  );
}

function readRow(name: string, layout: Layout, fields: readonly string[], line: number): ListedPostcode | null {
  const cell = (index: number) => (fields[index] ?? '').trim();
  const postcode = cell(layout.postcode);
  if (!postcodeForm.test(postcode)) {
    throw new InputError(
      `Line ${line} of ${name}: "${postcode.slice(0, 20)}" is not a postcode. Correct it, or take the line out; nothing was stored.`,
      { code: 'not-postcodes' },
    );
  }
  const [xText, yText, quality] = [cell(layout.x), cell(layout.y), cell(layout.quality)];
  const [x, y] = [Number(xText), Number(yText)];
  // 90, and 0 0: the list knows the postcode but not where it is
  if (xText === '' || yText === '' || (x === 0 && y === 0) || quality === '90') return null;
  if (!Number.isFinite(x) || !Number.isFinite(y)) {
    throw new InputError(
      `Line ${line} of ${name}: "${xText}, ${yText}" is not a point. Correct it; nothing was stored.`,
      {
        code: 'not-postcodes',
      },
    );
  }
  return { line, postcode, system: layout.system, x, y, withinMetres: metresOfQuality[quality] ?? unitMetres };
}
