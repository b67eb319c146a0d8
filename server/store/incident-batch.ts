import { attributesText, writeAttributes } from './attributes-text.ts';
import type { BinaryWriter } from './binary-format.ts';
import type { CodeNumbers } from './code-numbers.ts';
import type { Database } from './database.ts';
import { sql } from './sql.ts';
import type { SharedConnection } from './take-turns.ts';
import type { IncidentRow } from './write-incidents.ts';

/** A row with the id of its place, 0 without one. */
export type PlacedRow = { readonly row: IncidentRow; readonly placeId: number };

/** What every row of an import has in common. */
export type Origin = {
  readonly sourceId: number;
  readonly importId: number;
  readonly numbers: CodeNumbers;
  /** Where batches are encoded, one after another: memory of their own would wait long to be cleaned up. */
  readonly writer: BinaryWriter;
};

/** Adds incidents that are not held yet. */
export async function insertIncidents(
  connection: SharedConnection,
  kind: Database['kind'],
  origin: Origin,
  rows: readonly PlacedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  if (kind === 'embedded') await connection.query(sql('insert-incidents'), columnsOf(origin, rows));
  else await connection.copy(sql('copy-incidents'), encodeIncidents(origin, rows));
}

/** Gives held incidents what rows newly say of them. */
export async function updateIncidents(
  connection: SharedConnection,
  origin: Origin,
  rows: readonly PlacedRow[],
): Promise<void> {
  if (rows.length > 0) await connection.query(sql('update-incidents'), columnsOf(origin, rows));
}

/** The parameters of `insert-incidents` and `update-incidents`. */
function columnsOf({ sourceId, importId, numbers }: Origin, placed: readonly PlacedRow[]): unknown[] {
  const column = <T>(value: (row: IncidentRow, placeId: number) => T) =>
    placed.map(({ row, placeId }) => value(row, placeId));
  return [
    sourceId,
    importId,
    column((row) => row.externalId),
    column((row) => row.identity),
    column((row) => row.content),
    column((row) => numbers.category(row.category)),
    column((row) => numbers.flagSet(row.flags)),
    column((row) => row.occurredFrom),
    column((row) => row.occurredTo),
    column((row) => row.precision),
    column((_, placeId) => placeId || null),
    column(unplacedLocation),
    column(({ attributes }) => attributesText(attributes)),
  ];
}

const copySignature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const columnCount = 13;

/** Rows in COPY's binary format, the columns in the order of `copy-incidents`. */
function encodeIncidents({ sourceId, importId, numbers, writer }: Origin, placed: readonly PlacedRow[]): Buffer {
  writer.clear();
  writer.raw(copySignature);
  // no flags, no extension of the header
  writer.int32(0);
  writer.int32(0);
  for (const { row, placeId } of placed) {
    writer.int16(columnCount);
    writer.smallintField(sourceId);
    writer.intField(importId);
    writer.textField(row.externalId);
    writer.uuidField(row.identity);
    writer.uuidField(row.content);
    writer.smallintField(numbers.category(row.category));
    writer.smallintField(numbers.flagSet(row.flags));
    writer.timestampField(row.occurredFrom);
    writer.timestampField(row.occurredTo);
    writer.textField(row.precision);
    writer.intField(placeId || null);
    writer.textField(unplacedLocation(row, placeId));
    writeAttributes(row.attributes, writer);
  }
  writer.int16(-1);
  return writer.bytes();
}

/** The words of a row that has a point stand with the place. */
function unplacedLocation(row: IncidentRow, placeId: number): string | null {
  return placeId === 0 && row.location !== '' ? row.location : null;
}
