import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { MultiPolygon, Polygon } from 'geojson';
import { InputError } from '../errors.ts';
import type { Day } from '../model.ts';
import { checkGeometry } from './check-geometry.ts';
import { type AreaProperties, findAreaProperties } from './find-area-properties.ts';

export type ParsedArea = {
  readonly code: string;
  readonly name: string;
  /** WGS84, longitude first, rings closed. */
  readonly geometry: Polygon | MultiPolygon;
};

export type ParsedAreas = {
  readonly areas: readonly ParsedArea[];
  /** The properties taken for code and name, to be shown to the person. */
  readonly codeProperty: string;
  readonly nameProperty: string;
  /** A guess from the property's name: `WD25CD` → 2025-01-01; null when it has no year. */
  readonly validFrom: Day | null;
};

type RawFeature = { readonly properties?: Readonly<Record<string, unknown>> | null; readonly geometry?: unknown };

/** Reads the areas of a boundary file (GeoJSON in WGS84); refuses what is unclear or broken, naming the feature. */
export async function readAreas(path: string, options: { readonly layer: string }): Promise<ParsedAreas> {
  const name = basename(path);
  const features = await readFeatures(path, name);
  const properties = findAreaProperties(name, Object.keys(features[0]?.properties ?? {}), options.layer);
  const areas = features.map((feature, index) => readArea(name, feature, index, properties));
  refuseDoubles(name, areas);
  return {
    areas,
    codeProperty: properties.code,
    nameProperty: properties.name,
    validFrom: properties.validFrom,
  };
}

async function readFeatures(path: string, name: string): Promise<readonly RawFeature[]> {
  const collection = await readGeoJson(path, name);
  if (collection.type !== 'FeatureCollection' || !Array.isArray(collection.features)) {
    throw notAreas(
      `${name} is not a GeoJSON FeatureCollection (its type is ${String(collection.type)}). Export the boundaries as GeoJSON.`,
    );
  }
  refuseOtherCrs(name, collection.crs);
  if (collection.features.length === 0) throw notAreas(`${name} has no features. Export the boundaries again.`);
  return collection.features;
}

type RawCollection = { readonly type?: unknown; readonly features?: unknown; readonly crs?: unknown };

async function readGeoJson(path: string, name: string): Promise<RawCollection> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read: ${cause.message}.`;
    throw new InputError(`${reason} Check the name and try again.`, { code: 'unreadable-file', cause });
  });
  if (bytes.toString('latin1', 0, 2) === 'PK') {
    throw notAreas(`${name} is a ZIP archive (a shapefile, perhaps), not GeoJSON. Download the boundaries as GeoJSON.`);
  }
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, ''));
    if (typeof value === 'object' && value !== null) return value;
  } catch (cause) {
    const message = `${name} is not valid JSON (${(cause as Error).message}). Download the boundaries again as GeoJSON.`;
    throw new InputError(message, { code: 'not-areas', cause });
  }
  throw notAreas(`${name} is not a GeoJSON FeatureCollection. Export the boundaries as GeoJSON.`);
}

/** GeoJSON is WGS84; older files may name another system in `crs`. */
function refuseOtherCrs(name: string, crs: unknown): void {
  if (crs === undefined || crs === null) return;
  const crsName = (crs as { properties?: { name?: unknown } }).properties?.name;
  if (typeof crsName === 'string' && /(CRS84|EPSG:{1,2}4326)$/i.test(crsName)) return;
  throw notAreas(
    `${name} is in the coordinate system ${String(crsName)}. Convert it to WGS84 (EPSG:4326) longitude and latitude.`,
  );
}

function readArea(fileName: string, feature: RawFeature, index: number, properties: AreaProperties): ParsedArea {
  const code = textOf(feature.properties?.[properties.code]);
  const place = `Feature ${index + 1} of ${fileName}`;
  if (code === '') throw notAreas(`${place} has no ${properties.code}. Fill it in or take the feature out.`);
  const name = textOf(feature.properties?.[properties.name]);
  if (name === '') throw notAreas(`${place} (${code}) has no ${properties.name}. Fill it in.`);
  const geometry = checkGeometry(feature.geometry);
  if (typeof geometry === 'string')
    throw notAreas(`${place} (${code}) ${geometry}. Correct it and load the file again.`);
  return { code, name, geometry };
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function refuseDoubles(fileName: string, areas: readonly ParsedArea[]): void {
  const first = new Map<string, number>();
  areas.forEach(({ code }, index) => {
    const earlier = first.get(code);
    if (earlier !== undefined) {
      throw notAreas(
        `Features ${earlier + 1} and ${index + 1} of ${fileName} have the same code ${code}. Join them into one MultiPolygon or take one out.`,
      );
    }
    first.set(code, index);
  });
}

function notAreas(message: string): InputError {
  return new InputError(message, { code: 'not-areas' });
}
