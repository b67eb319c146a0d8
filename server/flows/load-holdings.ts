import type { PoolClient } from 'pg';
import { type BuiltColumns, buildColumns, type FormerColumns, type PackedStore } from '../count/build-columns.ts';
import type { PackedArea } from '../count/build-layers.ts';
import { addMonths, dayNumber, dayOf } from '../count/calendar.ts';
import { keepCellIndex, knownCellIndexes } from '../count/cell-index.ts';
import type { Columns } from '../count/columns.ts';
import { compileFilter } from '../count/compile-filter.ts';
import { tallyDailyCodes } from '../count/daily-codes.ts';
import type { Tallies } from '../count/tallies.ts';
import { sharedCopy } from '../shared-array.ts';
import type { Database } from '../store/database.ts';
import {
  readChanges,
  readDictionaries,
  readIncidents,
  readIncidentsOfDays,
  readLastIds,
  readPlaceAreas,
  readPlaces,
  type StoredArea,
  type StoredChange,
  type StoredSource,
} from '../store/read-columns.ts';
import { inThread, task } from '../threads.ts';

/** Everything held at one version of the data, ready to be counted; replaced as a whole when the data change. */
export type Holdings = {
  readonly columns: Columns;
  /** The tallies of all that is held. */
  readonly everything: Tallies;
  /** Tells this database from every other, for caches that outlive it. */
  readonly instance: string;
  readonly sources: readonly StoredSource[];
};

type Dictionaries = Awaited<ReturnType<typeof readDictionaries>>;
/** Months whose incidents are read anew, from a first day up to, not including, an end; null: none. */
type Replaced = { readonly firstDay: number; readonly endDay: number } | null;
/** What has to be read to come from former holdings to the newest. */
type Difference = { readonly former: Holdings; readonly replaced: Replaced; readonly areasChanged: boolean };

/** Packed incidents that are built in a fraction of a second, sooner than a thread starts. */
const fewBytes = 5_000_000;
const buildTask = task<typeof buildColumns>(new URL('../count/build-columns.ts', import.meta.url), 'buildColumns');

/**
 * Reads the database, on one unchanging view of it, into columns: all of it, or, given former holdings of the same
 * database, only the months, places and areas that have changed since.
 */
export async function loadHoldings(database: Database, former: Holdings | null = null): Promise<Holdings> {
  const { store, difference, dictionaries } = await database.read(async (client) => {
    const dictionaries = await readDictionaries(client);
    const difference = former && (await findDifference(client, dictionaries, former));
    return { dictionaries, difference, store: await readStore(client, dictionaries, difference) };
  });
  const { columns, cellIndexes } = await build(store, difference);
  for (const index of cellIndexes) keepCellIndex(columns, index);
  const everything = tallyDailyCodes(columns, compileFilter(columns, {}));
  return { columns, everything, instance: dictionaries.instance, sources: dictionaries.sources };
}

/** At a start there is nobody to keep waiting; later a thread builds, so that requests are answered meanwhile. */
function build(store: PackedStore, difference: Difference | null): BuiltColumns | Promise<BuiltColumns> {
  const bytes = store.incidents.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (!difference && bytes < fewBytes) return buildColumns(store, null);
  return inThread(buildTask, store, difference && formerColumns(difference));
}

/** Null if it is not known what has changed, or is another database: then everything is read. */
async function findDifference(
  client: PoolClient,
  { version, instance }: Dictionaries,
  former: Holdings,
): Promise<Difference | null> {
  const changes = await readChanges(client, former.columns.version);
  if (instance !== former.instance || changes.length !== version - former.columns.version) return null;
  return { former, replaced: monthsOf(changes), areasChanged: changes.some(({ areas }) => areas) };
}

/** The whole months that the changed days lie in. */
function monthsOf(changes: readonly StoredChange[]): Replaced {
  const days = changes.flatMap(({ firstDay, lastDay }) => (firstDay === null ? [] : [firstDay, lastDay!]));
  if (days.length === 0) return null;
  const monthOf = (day: number) => `${dayOf(day).slice(0, 7)}-01`;
  return {
    firstDay: dayNumber(monthOf(Math.min(...days))),
    endDay: dayNumber(addMonths(monthOf(Math.max(...days)), 1)),
  };
}

async function readStore(
  client: PoolClient,
  { version, categories, flagSets, areas }: Dictionaries,
  difference: Difference | null,
): Promise<PackedStore> {
  const last = await readLastIds(client);
  const lastPlace = largest(difference?.former.columns.places.ids ?? []);
  const replaced = difference?.replaced;
  const incidents = difference
    ? replaced && readIncidentsOfDays(client, replaced.firstDay, replaced.endDay)
    : readIncidents(client, last.incident);
  return {
    version,
    categories,
    flagSets,
    areas: areas.map(packedArea),
    places: await collect(readPlaces(client, lastPlace, last.place)),
    placeAreas: (await readPlaceAreas(client, !difference || difference.areasChanged ? 0 : lastPlace)).map(shared),
    incidents: incidents ? await collect(incidents) : [],
  };
}

/** In shared memory, so that the thread which builds gets no copies. */
async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const collected: Uint8Array[] = [];
  for await (const chunk of chunks) collected.push(shared(chunk));
  return collected;
}

const shared = (bytes: Uint8Array) => sharedCopy(Uint8Array, bytes);

function packedArea({ west, south, east, north, ...area }: StoredArea): PackedArea {
  return { ...area, bbox: [west, south, east, north] };
}

function formerColumns({ former: { columns }, replaced, areasChanged }: Difference): FormerColumns {
  return {
    columns,
    replaced: replaced && { firstDay: replaced.firstDay, lastDay: replaced.endDay - 1 },
    areasChanged,
    cellIndexes: knownCellIndexes(columns),
  };
}

function largest(ids: ArrayLike<number>): number {
  let found = 0;
  for (let at = 0; at < ids.length; at++) if (ids[at]! > found) found = ids[at]!;
  return found;
}
