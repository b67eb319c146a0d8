import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Precision } from '../model.ts';
import type { Database } from './database.ts';
import { sql } from './sql.ts';

/** The feed a file belongs to. */
export type Source = {
  readonly name: string;
  readonly profile: string;
  readonly attribution: string;
  readonly synthetic: boolean;
};

/** One row of a file as it goes into the database; `cell` is the H3 leaf cell as a decimal number. */
export type IncidentRow = {
  readonly identity: string;
  readonly content: string;
  readonly externalId: string | null;
  readonly category: string;
  readonly flags: readonly string[];
  readonly occurredFrom: string;
  readonly occurredTo: string | null;
  readonly precision: Precision;
  readonly lng: number | null;
  readonly lat: number | null;
  readonly cell: string | null;
  readonly location: string;
  readonly attributes: Readonly<Record<string, string>>;
};

/** What is known of a file once it is read. */
export type FileOutcome = {
  readonly sha256: string;
  readonly rowsRead: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly unlocated: number;
  readonly unmapped: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
};

/** An import under way inside one change of the database. */
export type IncidentWriter = {
  /** Adds rows to those waiting. */
  stage(rows: readonly IncidentRow[]): Promise<void>;
  /** Makes incidents of all that wait, and the record of the import. */
  finish(outcome: FileOutcome): Promise<{ added: number; changed: number }>;
};

/** Begins the import of one file; nothing is visible to others before the change commits. */
export async function writeIncidents(
  client: PoolClient,
  kind: Database['kind'],
  file: { readonly source: Source; readonly name: string; readonly importedBy: string; readonly startedAt: string },
): Promise<IncidentWriter> {
  const { source } = file;
  const sourceId = await insertedId(client, 'upsert-source', [
    source.name,
    source.profile,
    source.attribution,
    source.synthetic,
  ]);
  const importId = await insertedId(client, 'insert-import', [sourceId, file.name, file.importedBy, file.startedAt]);
  await client.query(sql('create-staged'));
  const numbers = await numbering(client);
  let ordinal = 0;
  return {
    async stage(rows) {
      await numbers.learn(rows);
      const tuples = rows.map((row) => tuple(row, ordinal++, numbers));
      await (kind === 'embedded' ? stageArrays(client, tuples) : stageCopy(client, tuples));
    },
    async finish(outcome) {
      await client.query(sql('analyze-staged'));
      await client.query(sql('insert-places'));
      const { rows } = await client.query<{ added: number; changed: number }>(sql('upsert-incidents'), [
        importId,
        sourceId,
      ]);
      const { added, changed } = rows[0] ?? { added: 0, changed: 0 };
      await client.query(sql('finish-import'), [
        importId,
        outcome.sha256,
        outcome.rowsRead,
        outcome.accepted,
        outcome.rejected,
        added,
        changed,
        outcome.unlocated,
        JSON.stringify(outcome.unmapped),
        JSON.stringify(outcome.notes),
      ]);
      if (added + changed > 0) await client.query(sql('bump-version'));
      return { added, changed };
    },
  };
}

async function insertedId(client: PoolClient, name: string, values: readonly unknown[]): Promise<number> {
  const { rows } = await client.query<{ id: number }>(sql(name), [...values]);
  return rows[0]!.id;
}

type Numbering = {
  learn(rows: readonly IncidentRow[]): Promise<void>;
  category(code: string): number;
  flagSet(flags: readonly string[]): number;
};

/** Small numbers for category codes and combinations of flags, given out as new ones are met. */
async function numbering(client: PoolClient): Promise<Numbering> {
  const categories = new Map<string, number>();
  const flagSets = new Map<string, number>();
  const keyOf = (flags: readonly string[]) => flags.join('\u0000');
  for (const { id, code } of (await client.query(sql('list-categories'))).rows) categories.set(code, id);
  for (const { id, flags } of (await client.query(sql('list-flag-sets'))).rows) flagSets.set(keyOf(flags), id);
  return {
    async learn(rows) {
      for (const { category, flags } of rows) {
        if (!categories.has(category))
          categories.set(category, await insertedId(client, 'insert-category', [category]));
        const key = keyOf(flags);
        if (!flagSets.has(key)) flagSets.set(key, await insertedId(client, 'insert-flag-set', [flags]));
      }
    },
    category: (code) => categories.get(code)!,
    flagSet: (flags) => flagSets.get(keyOf(flags))!,
  };
}

/** A row's values in the order of the table `staged`. */
function tuple(row: IncidentRow, ordinal: number, numbers: Numbering): readonly (string | number | null)[] {
  return [
    ordinal,
    row.identity,
    row.content,
    row.externalId,
    numbers.category(row.category),
    numbers.flagSet(row.flags),
    row.occurredFrom,
    row.occurredTo,
    row.precision,
    row.lng,
    row.lat,
    row.cell,
    row.location,
    Object.keys(row.attributes).length === 0 ? null : JSON.stringify(row.attributes),
  ];
}

type Tuples = readonly (readonly (string | number | null)[])[];

async function stageArrays(client: PoolClient, tuples: Tuples): Promise<void> {
  const width = tuples[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, column) => tuples.map((values) => values[column]));
  if (width > 0) await client.query(sql('insert-staged'), columns);
}

async function stageCopy(client: PoolClient, tuples: Tuples): Promise<void> {
  const text = tuples.map((values) => `${values.map(copyField).join('\t')}\n`).join('');
  await pipeline(Readable.from([text]), client.query(copyFrom(sql('copy-staged'))));
}

const special = /[\\\t\n\r]/g;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function copyField(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'number') return String(value);
  return value.replace(special, (character) => escapes[character] as string);
}
