import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { checkBaseUrl, officialAddresses } from '../download/addresses.ts';
import { type Boundary, checkDistrict, fetchBoundaries } from '../download/fetch-boundaries.ts';
import { createHttp, type HttpOptions } from '../download/http.ts';
import { findOnsLayer, type OnsLayer } from '../download/ons-layers.ts';
import { licenceText } from '../download/record.ts';
import { asWriteFailure } from '../download/write-failure.ts';
import { writeWhole } from '../download/write-whole.ts';
import { downloadFolder } from '../folders.ts';

/** Which boundaries to fetch, and into which folder. */
export type AreasRequest = {
  /** `wards`, `lsoa` or `districts`. */
  readonly kind: string;
  readonly districts: readonly string[];
  /** Without it: the newest there is. */
  readonly year?: string | undefined;
  readonly into: string;
  /** A mirror in the place of the services of the ONS. */
  readonly baseUrl?: string | undefined;
  readonly http?: HttpOptions;
  readonly now?: () => Date;
  readonly onProgress?: (areas: number) => void;
};

/** The file that was written, and what it takes to load it. */
export type AreasReport = {
  readonly path: string;
  readonly areas: number;
  readonly layer: string;
  readonly year: string;
  readonly validFrom: string;
};

/** Fetches the boundaries in districts as one GeoJSON file, whole or not at all, with its licence beside it. */
export async function downloadAreas(request: AreasRequest): Promise<AreasReport> {
  const layer = await findOnsLayer(join(downloadFolder, 'ons-layers.json'), request.kind, request.year);
  const districts = [...new Set(request.districts)].map(checkDistrict).sort();
  const base = checkBaseUrl(request.baseUrl ?? officialAddresses.ons);
  let come = 0;
  const onRows = (rows: number) => {
    come += rows;
    request.onProgress?.(come);
  };
  const boundaries = await fetchBoundaries(layer, districts, { http: createHttp(request.http), base, onRows });
  const path = join(request.into, fileName(layer, districts));
  await save(path, boundaries, layer, base, request.now?.() ?? new Date()).catch((error) => {
    throw asWriteFailure(error, request.into);
  });
  return { path, areas: boundaries.length, layer: layer.layer, year: layer.year, validFrom: layer.validFrom };
}

const mostNamed = 4;

/** `wards-2025-E06000001.geojson`; many districts are told by their number and a short hash. */
function fileName({ kind, year }: OnsLayer, districts: readonly string[]): string {
  const hash = createHash('sha256').update(districts.join(',')).digest('hex').slice(0, 8);
  const where = districts.length <= mostNamed ? districts.join('-') : `${districts.length}-districts-${hash}`;
  return `${kind}-${year}-${where}.geojson`;
}

async function save(
  path: string,
  boundaries: readonly Boundary[],
  layer: OnsLayer,
  base: string,
  now: Date,
): Promise<void> {
  const lines = boundaries.map((boundary) => JSON.stringify(boundary));
  const text = `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}\n]}\n`;
  const file = {
    bytes: Buffer.byteLength(text),
    crc32: crc32(text),
    sha256: createHash('sha256').update(text).digest('hex'),
    from: `${base}/${layer.service}/FeatureServer/0`,
    published: null,
    fetched: now.toISOString(),
  };
  const licence = {
    title: `Boundaries: ${layer.kind} of ${layer.year}`,
    about: 'Boundaries of the ONS Open Geography portal, generalised to 20 m and clipped to the coast.',
    attribution:
      'Source: Office for National Statistics licensed under the Open Government Licence v3.0. ' +
      `Contains OS data © Crown copyright and database right ${now.getUTCFullYear()}.`,
  };
  const name = basename(path);
  await writeWhole(`${path}.licence.md`, licenceText({ [name]: file }, licence));
  await writeWhole(path, text);
}
