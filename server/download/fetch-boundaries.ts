import { z } from 'zod';
import { InputError } from '../errors.ts';
import { type ArcgisQuery, queryArcgis } from './arcgis.ts';
import type { Http } from './http.ts';
import type { OnsLayer } from './ons-layers.ts';

const districtPattern = /^(E0[6-9]|W06|S12|N09)\d{6}$/;
const codePattern = /^[EWSN]\d{8}$/;

/** Throws unless the text is the code of a district, so that nothing else reaches a query or a path. */
export function checkDistrict(code: string): string {
  if (districtPattern.test(code)) return code;
  throw new InputError(`--district: "${code}" is not the code of a district, such as E06000001 for Hartlepool`);
}

/** A boundary as it is published: longitude and latitude, with the columns of its layer. */
export type Boundary = z.infer<typeof boundarySchema>;

const positionSchema = z.tuple([z.number().min(-14).max(5), z.number().min(48).max(62)]).rest(z.number());
const polygonSchema = z.array(z.array(positionSchema).min(4)).min(1);
const boundarySchema = z.object({
  type: z.literal('Feature'),
  properties: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  geometry: z.discriminatedUnion('type', [
    z.object({ type: z.literal('Polygon'), coordinates: polygonSchema }),
    z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(polygonSchema).min(1) }),
  ]),
});

/** Where the boundaries come from, and who is told how many have come. */
export type BoundarySource = {
  readonly http: Http;
  readonly base: string;
  readonly onRows: (rows: number) => void;
};

/** The boundaries of a layer in districts, in the order of their codes. Throws when a district has none. */
export async function fetchBoundaries(
  layer: OnsLayer,
  districts: readonly string[],
  source: BoundarySource,
): Promise<Boundary[]> {
  for (const district of districts) checkDistrict(district);
  const { lookup } = layer;
  const found = lookup
    ? await byCodes(layer, await lookUp({ ...layer, lookup }, districts, source), source)
    : await byDistrict(layer, layer.district as string, districts, source);
  return found.sort((a, b) => (codeOf(a, layer.code) < codeOf(b, layer.code) ? -1 : 1));
}

async function byDistrict(
  layer: OnsLayer,
  column: string,
  districts: readonly string[],
  source: BoundarySource,
): Promise<Boundary[]> {
  const rows = await query(source, layer, layer.service, isOneOf(column, districts), source.onRows);
  const found = parseBoundaries(rows, layer);
  const there = new Set(found.map((boundary) => codeOf(boundary, column)));
  checkAll(layer, districts, there);
  return found;
}

/** A where clause; every value has been held against a pattern of letters and digits. */
const isOneOf = (column: string, codes: readonly string[]) =>
  `${column} IN (${codes.map((code) => `'${code}'`).join(',')})`;

/** Few enough that the address stays below the 2,000 characters that every server takes. */
const codesAtOnce = 60;

async function byCodes(layer: OnsLayer, codes: readonly string[], source: BoundarySource): Promise<Boundary[]> {
  const found: Boundary[] = [];
  for (let from = 0; from < codes.length; from += codesAtOnce) {
    const some = codes.slice(from, from + codesAtOnce);
    const rows = await query(source, layer, layer.service, isOneOf(layer.code, some), source.onRows);
    found.push(...parseBoundaries(rows, layer));
  }
  const there = new Set(found.map((boundary) => codeOf(boundary, layer.code)));
  const lost = codes.filter((code) => !there.has(code));
  if (lost.length === 0) return found;
  throw new InputError(`the lookup names ${lost.length} ${layer.kind} that the boundaries lack, such as ${lost[0]}`);
}

function query(
  { http, base }: BoundarySource,
  { code }: OnsLayer,
  service: string,
  where: string,
  onRows: (rows: number) => void,
): Promise<unknown[]> {
  return queryArcgis({ http, base, service, where, orderBy: code } satisfies ArcgisQuery, 'geojson', '*', onRows);
}

const attributesSchema = z.object({ attributes: z.record(z.string(), z.unknown()) });

/** The codes of a layer in districts, from a table that has both; a code may stand there more than once. */
async function lookUp(
  layer: OnsLayer & { readonly lookup: NonNullable<OnsLayer['lookup']> },
  districts: readonly string[],
  { http, base }: BoundarySource,
): Promise<string[]> {
  const { service, code, district } = layer.lookup;
  const where = isOneOf(district, districts);
  // several rows can have one code; whichever of them a page ends on, no code is passed over
  const asked = { http, base, service, where, orderBy: code };
  const rows = await queryArcgis(asked, 'json', `${code},${district}`, () => {});
  const found = rows.map((row) => attributesSchema.parse(row).attributes);
  checkAll(layer, districts, new Set(found.map((row) => String(cellOf(row, district)))));
  const codes = [...new Set(found.map((row) => String(cellOf(row, code))))];
  const odd = codes.find((each) => !codePattern.test(each));
  if (odd !== undefined) throw new InputError(`${service} answered with "${odd}", which is no code`);
  return codes.sort();
}

function checkAll({ kind, year }: OnsLayer, districts: readonly string[], there: ReadonlySet<string>): void {
  const missing = districts.filter((district) => !there.has(district));
  if (missing.length === 0) return;
  throw new InputError(`the ${kind} of ${year} have no district ${missing.join(', ')}; check the code, or try --year`);
}

function parseBoundaries(rows: readonly unknown[], { code, service }: OnsLayer): Boundary[] {
  const found = rows.map((row) => {
    const parsed = boundarySchema.safeParse(row);
    if (parsed.success && codePattern.test(codeOf(parsed.data, code))) return parsed.data;
    throw new InputError(`${service} answered with something that is not a boundary in longitude and latitude`);
  });
  const codes = new Set(found.map((boundary) => codeOf(boundary, code)));
  if (codes.size === found.length) return found;
  throw new InputError(`${service} handed out an area twice, so another may be missing; try again`);
}

const codeOf = ({ properties }: Boundary, column: string) => String(cellOf(properties, column) ?? '');

/** Services write one and the same column in capitals or not. */
function cellOf(row: Readonly<Record<string, unknown>>, column: string): unknown {
  const name = Object.keys(row).find((each) => each.toLowerCase() === column.toLowerCase());
  return name === undefined ? undefined : row[name];
}
