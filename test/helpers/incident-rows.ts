import { createHash } from 'node:crypto';
import { cellToDecimal, leafCell } from '../../server/locate/cell-of.ts';
import type { Database } from '../../server/store/database.ts';
import { type IncidentRow, writeIncidents } from '../../server/store/write-incidents.ts';
import type { SimpleIncident } from './columns.ts';

const uuid = (text: string) => createHash('md5').update(text).digest('hex');

/** A row for the store out of an incident written by hand; `identity` tells it from every other. */
export function rowOf(incident: SimpleIncident, identity: string, more: Partial<IncidentRow> = {}): IncidentRow {
  const { at, category, flags, day, minute, rangeMinutes } = incident;
  const begin = new Date(`${day}T00:00:00Z`).getTime() + (typeof minute === 'number' ? minute * 60_000 : 0);
  const text = (time: number) => new Date(time).toISOString().slice(0, 19);
  const row = {
    externalId: null,
    category,
    flags: [...flags].sort(),
    occurredFrom: text(begin),
    occurredTo: rangeMinutes > 0 ? text(begin + rangeMinutes * 60_000) : null,
    precision: typeof minute === 'number' ? ('minute' as const) : minute,
    lat: at?.lat ?? null,
    lng: at?.lng ?? null,
    cell: at && cellToDecimal(leafCell(at)),
    location: '',
    attributes: {},
    ...more,
  };
  return { ...row, identity: uuid(`identity ${identity}`), content: uuid(JSON.stringify(row)) };
}

/** Stores rows as one import of a feed; returns what changed. */
export function store(database: Database, rows: readonly IncidentRow[], feed = 'test') {
  return database.change(async (client) => {
    const writer = await writeIncidents(client, database.kind, {
      source: { name: feed, profile: 'incidents', attribution: `By ${feed}`, synthetic: false },
      name: 'test.csv',
      importedBy: 'test',
      startedAt: '2025-01-01T00:00:00Z',
    });
    const half = Math.ceil(rows.length / 2);
    await writer.stage(rows.slice(0, half));
    await writer.stage(rows.slice(half));
    const unlocated = rows.filter(({ lat }) => lat === null).length;
    const counts = { rowsRead: rows.length, accepted: rows.length, rejected: 0, unlocated };
    return writer.finish({ sha256: 'x', ...counts, unmapped: {}, notes: [] });
  });
}
