import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { MultiPolygon, Polygon } from 'geojson';
import { InputError } from '../errors.ts';
import type { Day } from '../model.ts';
import { checkGeometry, type FromGrid, looksLikeGrid } from './check-geometry.ts';
import { type AreaProperties, findAreaProperties, type GivenProperties } from './find-area-properties.ts';
import { crsName, isBritishNationalGrid, isWgs84, otherCrsMessage } from './geojson-crs.ts';

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
  /** Whether the file was in the British National Grid. */
  readonly fromGrid: boolean;
};

/** How to read a boundary file; `bngToWgs84` is handed in, for finding places is another stage. */
export type ReadAreasOptions = GivenProperties & { readonly layer: string; readonly bngToWgs84: FromGrid };

type RawFeature = { readonly properties?: Readonly<Record<string, unknown>> | null; readonly geometry?: unknown };
type RawCollection = { readonly type?: unknown; readonly features?: unknown; readonly crs?: unknown };

/**
 * Reads the areas of a boundary file (GeoJSON in WGS84 or in the British National Grid); refuses what is unclear or
 * broken, naming the feature.
 */
export async function readAreas(path: string, { layer, bngToWgs84, ...given }: ReadAreasOptions): Promise<ParsedAreas> {
  const name = basename(path);
  const { features, crs } = await readFeatures(path, name);
  const fromGrid = isInGrid(name, crs, features) ? bngToWgs84 : null;
  const properties = findAreaProperties(name, propertyNames(features), layer, given);
  const areas = features.map((feature, index) => readArea(name, feature, index, properties, fromGrid));
  refuseDoubles(name, areas, properties);
  return {
    areas,
    codeProperty: properties.code,
    nameProperty: properties.name,
    validFrom: properties.validFrom,
    fromGrid: fromGrid !== null,
  };
}

async function readFeatures(path: string, name: string): Promise<{ features: readonly RawFeature[]; crs: unknown }> {
  const { type, features, crs } = await readGeoJson(path, name);
  if (type !== 'FeatureCollection' || !Array.isArray(features)) {
    throw notAreas(
      `${name} is not a GeoJSON FeatureCollection (its type is ${String(type)}). Export the boundaries as GeoJSON.`,
    );
  }
  if (features.length === 0) throw notAreas(`${name} has no features. Export the boundaries again.`);
  const broken = features.findIndex((feature) => typeof feature !== 'object' || feature === null);
  if (broken !== -1) throw notAreas(`Feature ${broken + 1} of ${name} is not a feature. Export the boundaries again.`);
  return { features, crs };
}

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

/** The properties of all features: the first may lack one. */
function propertyNames(features: readonly RawFeature[]): string[] {
  return [...new Set(features.flatMap(({ properties }) => Object.keys(properties ?? {})))];
}

/** Files that say so in `crs`, or whose coordinates are plainly metres, are in the grid. */
function isInGrid(name: string, crs: unknown, features: readonly RawFeature[]): boolean {
  const inMetres = features.some(({ geometry }) => looksLikeGrid(geometry));
  if (isWgs84(crs)) return inMetres;
  if (!isBritishNationalGrid(crs)) throw notAreas(otherCrsMessage(name, crs));
  if (inMetres) return true;
  throw notAreas(
    `${name} says that it is in the British National Grid (${crsName(crs)}), but its coordinates are not metres of it. Take its crs out if they are WGS84 degrees.`,
  );
}

function readArea(
  fileName: string,
  feature: RawFeature,
  index: number,
  properties: AreaProperties,
  fromGrid: FromGrid | null,
): ParsedArea {
  const code = textOf(feature.properties?.[properties.code]);
  const place = `Feature ${index + 1} of ${fileName}`;
  if (code === '') throw notAreas(`${place} has no ${properties.code}. Fill it in or take the feature out.`);
  const name = textOf(feature.properties?.[properties.name]);
  if (name === '') throw notAreas(`${place} (${code}) has no ${properties.name}. Fill it in.`);
  const geometry = checkGeometry(feature.geometry, fromGrid);
  if (typeof geometry === 'string')
    throw notAreas(`${place} (${code}) ${geometry}. Correct it and load the file again.`);
  return { code, name, geometry };
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function refuseDoubles(fileName: string, areas: readonly ParsedArea[], { code: property, otherLayer }: AreaProperties) {
  const first = new Map<string, number>();
  areas.forEach(({ code }, index) => {
    const earlier = first.get(code);
    if (earlier !== undefined) {
      const remedy = otherLayer
        ? `The file seems to hold areas of the layer ${otherLayer}, and ${property} to say where they lie: load it as that.`
        : 'Join them into one MultiPolygon or take one out; if another property tells the areas apart, name it with --code.';
      throw notAreas(`Features ${earlier + 1} and ${index + 1} of ${fileName} have the same code ${code}. ${remedy}`);
    }
    first.set(code, index);
  });
}

function notAreas(message: string): InputError {
  return new InputError(message, { code: 'not-areas' });
}
