import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';

const shared = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/** The published rows of 41 forces and the wards of the Tees, where they lie beside the project. */
export const nationalFiles = {
  street: `${shared}scale/national-street.csv.gz`,
  wards: `${shared}boundaries/wards-2025-tees.geojson`,
};

/** Whether both files are there. */
export function hasNationalFiles(): boolean {
  return Object.values(nationalFiles).every((path) => existsSync(path));
}

/** The published rows: a month, a category and a point each. */
export type NationalRows = {
  readonly months: readonly string[];
  readonly categories: readonly string[];
  /** By point; the rows stand on about half a million of them. */
  readonly lngs: readonly string[];
  readonly lats: readonly string[];
  readonly monthOfRow: Uint8Array;
  readonly categoryOfRow: Uint8Array;
  readonly pointOfRow: Uint32Array;
};

const mostRows = 5_000_000;

/** Reads the national file; about ten seconds. */
export async function readNational(): Promise<NationalRows> {
  const months = createNumbering();
  const types = createNumbering();
  const points = createNumbering();
  const monthOfRow = new Uint8Array(mostRows);
  const categoryOfRow = new Uint8Array(mostRows);
  const pointOfRow = new Uint32Array(mostRows);
  let rows = 0;
  for await (const line of linesOf(nationalFiles.street)) {
    const [month = '', lng = '', lat = '', type = ''] = line.split(',');
    monthOfRow[rows] = months.numberOf(month);
    categoryOfRow[rows] = types.numberOf(type);
    pointOfRow[rows] = points.numberOf(`${lng},${lat}`);
    rows++;
  }
  const positions = points.names.map((name) => name.split(','));
  return {
    months: months.names,
    categories: types.names.map(categoryCode),
    lngs: positions.map(([lng = '']) => lng),
    lats: positions.map(([, lat = '']) => lat),
    monthOfRow: monthOfRow.subarray(0, rows),
    categoryOfRow: categoryOfRow.subarray(0, rows),
    pointOfRow: pointOfRow.subarray(0, rows),
  };
}

/** The lines below the heading. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const lines = createInterface({ input: createReadStream(path).pipe(createGunzip()), crlfDelay: Infinity });
  let isHeading = true;
  for await (const line of lines) {
    if (!isHeading) yield line;
    isHeading = false;
  }
}

function createNumbering(): { readonly names: string[]; numberOf(name: string): number } {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  const add = (name: string) => {
    const number = names.push(name) - 1;
    numbers.set(name, number);
    return number;
  };
  return { names, numberOf: (name) => numbers.get(name) ?? add(name) };
}

/** The project's code of a published crime type. */
function categoryCode(type: string): string {
  const slug = type.toLowerCase().replace(/[^a-z]+/g, '-');
  if (slug === 'violence-and-sexual-offences') return `violence.${slug}`;
  return slug === 'anti-social-behaviour' ? `asb.${slug}` : `crime.${slug}`;
}
