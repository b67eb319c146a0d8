import { createHash } from 'node:crypto';
import { cellToDecimal, leafCell } from '../../server/locate/cell-of.ts';
import type { Database } from '../../server/store/database.ts';
import { type IncidentRow, writeIncidents } from '../../server/store/write-incidents.ts';
import type { SimpleIncident } from './columns.ts';

const uuid = (text: string) => createHash('md5').update(text).digest('hex');

/** A row for the store out of an incident written by hand; `identity` tells it from every other. */
export function rowOf(incident: SimpleIncident, identity: string, more: Partial<IncidentRow> = {}): IncidentRow {
  const { at, onlyWard, category, flags, day, minute, rangeMinutes } = incident;
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
    placedBy: at ? ('coordinates' as const) : onlyWard ? ('area only' as const) : null,
    withinMetres: null,
    area: !at && onlyWard ? { layer: 'ward', name: onlyWard, within: '' } : null,
    location: '',
    attributes: {},
    ...more,
  };
  return { ...row, identity: uuid(`identity ${identity}`), content: uuid(JSON.stringify(row)) };
}

/** Stores rows as one import of a feed, in batches of their own or two halves; returns what changed. */
export async function store(
  ...given: Parameters<typeof storeImport>
): Promise<{ readonly added: number; readonly changed: number }> {
  const { added, changed } = await storeImport(...given);
  return { added, changed };
}

/** As `store`, with the import's id. */
export function storeImport(
  database: Database,
  rows: readonly IncidentRow[],
  feed = 'test',
  more: { readonly batches?: Iterable<readonly IncidentRow[]>; readonly mostPlacesRemembered?: number } = {},
) {
  const half = Math.ceil(rows.length / 2);
  const batches = more.batches ?? [rows.slice(0, half), rows.slice(half)];
  const unlocated = rows.filter(({ lat }) => lat === null).length;
  const counts = { rowsRead: rows.length, accepted: rows.length, rejected: 0, unlocated };
  return database.change((client) =>
    writeIncidents(client, database.kind, {
      source: { name: feed, profile: 'incidents', attribution: `By ${feed}`, synthetic: false },
      name: 'test.csv',
      importedBy: 'test',
      startedAt: '2025-01-01T00:00:00Z',
      batches: oneByOne(batches),
      outcome: () => ({ sha256: 'x', ...counts, unmapped: {}, notes: [], quality: {} }),
      cellOf: (position) => cellToDecimal(leafCell(position)),
      ...(more.mostPlacesRemembered && { mostPlacesRemembered: more.mostPlacesRemembered }),
    }),
  );
}

async function* oneByOne<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) yield item;
}
