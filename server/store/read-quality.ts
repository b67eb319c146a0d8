import type { PoolClient } from 'pg';
import type { PlacedBy } from '../import-model.ts';
import type { Precision } from '../model.ts';
import { sql } from './sql.ts';

/** What the taking in of a file left behind. */
export type QualityFile = {
  readonly unmapped: Readonly<Record<string, number>>;
  /** As the reader of the file wrote it. */
  readonly quality: unknown;
};

/** What an import left behind, and the one of its source before it that brought anything and stands. */
export type QualityImport = QualityFile & {
  readonly id: number;
  readonly sourceId: number;
  readonly previousImport: number | null;
};

/** Which incidents a question is about: all of a source, or those that one of its imports wrote last. */
export type Subject = { readonly sourceId: number; readonly importId: number | null };

/** Incidents alike in month, in precision of time, and in how and how exactly they are placed. */
export type PrecisionGroup = {
  readonly month: string;
  readonly precision: Precision;
  readonly ranged: boolean;
  readonly placedBy: PlacedBy | null;
  readonly metres: number | null;
  readonly incidents: number;
};

/** The points that incidents stand on. */
export type StackedPoints = {
  readonly points: number;
  readonly located: number;
  readonly places: readonly {
    readonly location: string;
    readonly area: string | null;
    readonly incidents: number;
  }[];
};

/** Areas of one layer that were in force together. */
export type Vintage = { readonly layer: string; readonly validFrom: string | null };

/** Incidents of an area; the row without a code is of those in none. */
export type AreaCount = {
  readonly code: string | null;
  readonly name: string | null;
  readonly incidents: number;
  readonly previous: number;
};

/** An import by its id. */
export async function readQualityImport(client: PoolClient, id: number): Promise<QualityImport | undefined> {
  return (await rowsOf<QualityImport>(client, 'read-quality-import', [id]))[0];
}

/** What was observed of each file of a source, of imports that stand. */
export function readQualityFiles(client: PoolClient, sourceId: number): Promise<QualityFile[]> {
  return rowsOf<QualityFile>(client, 'read-quality-imports', [sourceId]);
}

/** A source by its name. */
export async function findSource(client: PoolClient, name: string): Promise<{ id: number } | undefined> {
  return (await rowsOf<{ id: number }>(client, 'find-source', [name]))[0];
}

/** The names of all sources, in order. */
export async function listSourceNames(client: PoolClient): Promise<string[]> {
  return (await rowsOf<{ name: string }>(client, 'list-source-names')).map(({ name }) => name);
}

/** How incidents spread over months and precisions. */
export function sumPrecisions(client: PoolClient, { sourceId, importId }: Subject): Promise<PrecisionGroup[]> {
  return rowsOf<PrecisionGroup>(client, 'sum-precisions', [sourceId, importId]);
}

/** Incidents of a source by month. */
export function sumMonths(client: PoolClient, sourceId: number): Promise<{ month: string; incidents: number }[]> {
  return rowsOf(client, 'sum-months', [sourceId]);
}

/** How incidents heap up on points. */
export async function countStacked(
  client: PoolClient,
  { sourceId, importId }: Subject,
  vintage: Vintage | null,
): Promise<StackedPoints> {
  const values = [sourceId, importId, vintage?.layer ?? null, vintage?.validFrom ?? null];
  return (await rowsOf<StackedPoints>(client, 'count-stacked', values))[0]!;
}

/** How many incidents without an id equal one that is counted already. */
export async function countCopies(client: PoolClient, { sourceId, importId }: Subject): Promise<number> {
  return (await rowsOf<{ copies: number }>(client, 'count-copies', [sourceId, importId]))[0]!.copies;
}

/** Layers and vintages held, the oldest of a layer first. */
export function readVintages(client: PoolClient): Promise<Vintage[]> {
  return rowsOf(client, 'read-layers');
}

/** Incidents by area of one vintage, beside those of another import of the source. */
export function countByArea(
  client: PoolClient,
  { sourceId, importId }: Subject,
  previousImport: number | null,
  { layer, validFrom }: Vintage,
): Promise<AreaCount[]> {
  return rowsOf<AreaCount>(client, 'count-by-area', [sourceId, importId, previousImport, layer, validFrom]);
}

async function rowsOf<T>(client: PoolClient, name: string, values: unknown[] = []): Promise<T[]> {
  return (await client.query(sql(name), values)).rows as T[];
}
