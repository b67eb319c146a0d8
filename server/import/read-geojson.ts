import { plainNumber } from './number-text.ts';
import { noRows, type TableRows } from './read-csv.ts';
import type { Row } from './rows.ts';
import { type RawFeature, streamFeatures } from './stream-features.ts';

/** The columns are the properties of so many features; a file may bring new ones later. */
const sampledFeatures = 1_000;

/**
 * Reads GeoJSON points as rows: a column for each property, `lng` and `lat` for the point, and `id` where features
 * have one beside their properties. What a property beyond the first thousand features brings is kept, as JSON, in
 * the column `other properties`, which shorter files do not have.
 */
export async function readGeoJson(name: string, start: Buffer, rest: AsyncGenerator<Buffer>): Promise<TableRows> {
  const features = streamFeatures(name, start, rest);
  const { sample, more } = await takeSample(features);
  if (sample.length === 0) throw noRows(name);
  // Not all that have arrived: the same file has the same columns however its bytes come.
  const columns = findColumns(sample.slice(0, sampledFeatures), more);
  const toRow = rowMaker(columns);
  async function* batches(): AsyncGenerator<readonly Row[]> {
    yield sample.map(toRow);
    for await (const batch of features) yield batch.map(toRow);
  }
  return {
    header: columns.map(({ name: column }) => column),
    batches: batches(),
    layout: { kind: 'geojson', encoding: null, delimiter: null },
  };
}

async function takeSample(features: AsyncGenerator<readonly RawFeature[]>) {
  const sample: RawFeature[] = [];
  while (sample.length <= sampledFeatures) {
    const next = await features.next();
    if (next.done) break;
    sample.push(...next.value);
  }
  return { sample, more: sample.length > sampledFeatures };
}

type Feature = { readonly id?: unknown; readonly properties?: unknown; readonly geometry?: unknown };
type Column = {
  readonly name: string;
  readonly from: 'property' | 'id' | 'lng' | 'lat' | 'others';
  readonly key: string;
};

/** Names are told apart as profiles do it, without regard to capitals. */
function findColumns(sample: readonly RawFeature[], more: boolean): Column[] {
  const keys = new Set<string>();
  let hasId = false;
  for (const { value } of sample) {
    const feature = asFeature(value);
    if (feature?.id !== undefined) hasId = true;
    for (const key of Object.keys(propertiesOf(feature))) keys.add(key);
  }
  const folded = new Set([...keys].map((key) => key.trim().toLowerCase()));
  const own: Column[] = [];
  if (hasId && !folded.has('id')) own.push({ name: 'id', from: 'id', key: '' });
  const properties = [...keys].map((key): Column => {
    // The point has the say of where it is; a property of the same name is kept beside it.
    const taken = ['lng', 'lat'].includes(key.trim().toLowerCase());
    return { name: taken ? `properties.${key}` : key, from: 'property', key };
  });
  const point: Column[] = [
    { name: 'lng', from: 'lng', key: '' },
    { name: 'lat', from: 'lat', key: '' },
  ];
  const others: Column[] = more ? [{ name: 'other properties', from: 'others', key: '' }] : [];
  return [...own, ...properties, ...point, ...others];
}

function rowMaker(columns: readonly Column[]): (raw: RawFeature) => Row {
  const known = new Set(columns.filter(({ from }) => from === 'property').map(({ key }) => key));
  return ({ line, value, problem }) => {
    const feature = asFeature(value);
    const properties = propertiesOf(feature);
    const point = readPoint(feature?.geometry);
    const reasons = [problem, feature ? null : notFeature, typeof point === 'string' ? point : null];
    const [lng, lat] = typeof point === 'string' ? ['', ''] : point;
    const fields = columns.map(({ from, key }) => {
      if (from === 'property') return textOf(Object.hasOwn(properties, key) ? properties[key] : null);
      if (from === 'others') return othersOf(properties, known);
      return from === 'id' ? textOf(feature?.id) : from === 'lng' ? lng : lat;
    });
    return { line, fields, problem: reasons.find((reason) => reason !== null) ?? null };
  };
}

const notFeature = 'it is not a GeoJSON Feature; correct or remove it';

function asFeature(value: unknown): Feature | null {
  const isFeature = typeof value === 'object' && value !== null && 'type' in value && value.type === 'Feature';
  return isFeature ? (value as Feature) : null;
}

function propertiesOf(feature: Feature | null): Readonly<Record<string, unknown>> {
  const given = feature?.properties;
  return typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
}

/** Longitude and latitude as text, empty for a feature without a place; or what is wrong with its geometry. */
function readPoint(geometry: unknown): readonly [lng: string, lat: string] | string {
  if (geometry === null || geometry === undefined) return ['', ''];
  const { type, coordinates } = geometry as { type?: unknown; coordinates?: unknown };
  if (type !== 'Point' && type !== 'MultiPoint') {
    return `its geometry is a ${String(type)}, and only points can be incidents; give it a Point`;
  }
  const points: unknown = type === 'Point' ? [coordinates] : coordinates;
  const [point, second] = Array.isArray(points) ? (points as unknown[]) : [];
  if (second !== undefined) return 'its geometry has several points; give it one';
  if (Array.isArray(point) && point.length === 0) return ['', ''];
  const [lng, lat] = Array.isArray(point) ? (point as unknown[]) : [];
  if (typeof lng !== 'number' || typeof lat !== 'number') {
    return 'the coordinates of its point are not two numbers; correct them';
  }
  return [plainNumber(lng), plainNumber(lat)];
}

function othersOf(properties: Readonly<Record<string, unknown>>, known: ReadonlySet<string>): string {
  const others = Object.entries(properties).filter(([key, value]) => !known.has(key) && value !== null);
  return others.length === 0 ? '' : textOf(Object.fromEntries(others));
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return plainNumber(value);
  if (value === null || value === undefined) return '';
  return typeof value === 'boolean' ? String(value) : nestedText(value);
}

/** Lists and objects are kept as JSON; what is nested thousands deep is some attack or mistake, and left out. */
function nestedText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '(nested too deep to be kept)';
  }
}
