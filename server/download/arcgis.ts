import { z } from 'zod';
import { InputError } from '../errors.ts';
import { type Http, Interrupted, Refused } from './http.ts';
import { readJson } from './read-json.ts';

/** A query of a layer of an ArcGIS feature service: `where` and what else decides which rows come. */
export type ArcgisQuery = {
  readonly http: Http;
  readonly base: string;
  readonly service: string;
  readonly where: string;
  /** A column without duplicates: pages of an unordered result may overlap. */
  readonly orderBy: string;
};

/** More is never handed out at once; some services stop at 1,000. */
const pageSize = 2000;
const errorSchema = z.object({ error: z.object({ code: z.number(), message: z.string().default('') }) });
const countSchema = z.object({ count: z.int().nonnegative() });
const pageSchema = z.object({ features: z.array(z.unknown()) });

/**
 * All rows of a query, page after page, exactly as many as the service counts. Rows are GeoJSON features when
 * `format` is geojson, else objects with `attributes`.
 */
export async function queryArcgis(
  query: ArcgisQuery,
  format: 'geojson' | 'json',
  outFields: string,
  onRows: (rows: number) => void,
): Promise<unknown[]> {
  const { count } = await ask(query, { returnCountOnly: 'true', f: 'json' }, countSchema);
  const rows: unknown[] = [];
  while (rows.length < count) {
    const page = {
      outFields,
      orderByFields: query.orderBy,
      resultOffset: String(rows.length),
      resultRecordCount: String(pageSize),
      ...(format === 'geojson' ? { outSR: '4326' } : { returnGeometry: 'false' }),
      f: format,
    };
    const { features } = await ask(query, page, pageSchema);
    if (features.length === 0) break;
    rows.push(...features);
    onRows(features.length);
  }
  if (rows.length === count) return rows;
  throw new InputError(`${query.service}: the service counts ${count} rows and handed out ${rows.length}; try again`);
}

function ask<T>(query: ArcgisQuery, parameters: Readonly<Record<string, string>>, schema: z.ZodType<T>): Promise<T> {
  const search = new URLSearchParams({ where: query.where, ...parameters });
  const url = `${query.base}/${query.service}/FeatureServer/0/query?${search}`;
  return query.http
    .ask(
      () => ({ url }),
      async (response, alive) => {
        const answer = await readJson(response, alive);
        // ArcGIS answers 200 and puts the error into the body
        const failed = errorSchema.safeParse(answer);
        if (failed.success) throw failureOf(query, failed.data.error);
        const parsed = schema.safeParse(answer);
        if (!parsed.success) throw new Interrupted('it answered with something else than rows');
        return parsed.data;
      },
    )
    .catch((error) => {
      throw error instanceof Refused ? failureOf(query, { code: error.status, message: '' }) : error;
    });
}

function failureOf({ service }: ArcgisQuery, { code, message }: { code: number; message: string }): Error {
  if (code === 429 || code >= 500) return new Interrupted(`it answered with the error ${code} ${message}`.trim());
  return new InputError(
    `the service of the ONS refused ${service}: ${code} ${message}`.trim() +
      '; it may have been renamed: see data/download/ons-layers.json',
  );
}
