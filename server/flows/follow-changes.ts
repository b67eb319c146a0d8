import { knownCellIndexes } from '../count/cell-index.ts';
import type { Database } from '../store/database.ts';
import { markServed, readServed, readVersion } from '../store/versions.ts';
import { type Holdings, loadHoldings } from './load-holdings.ts';
import { outlineAsBefore } from './outline-cells.ts';

/** The newest holdings, kept up with the database until `stop`. */
export type Follower = {
  current(): Holdings;
  /** Looks for changes now, and resolves when they are shown. */
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
};

/** Loads the holdings and loads them anew after each change; until then the former ones are served. */
export async function followChanges(database: Database, report: (error: unknown) => void): Promise<Follower> {
  let holdings = await loadHoldings(database);
  let stopped = false;
  let working: Promise<void> | undefined;
  let again = false;

  const refresh = async () => {
    do {
      again = false;
      if ((await database.read(readVersion)) !== holdings.columns.version) holdings = await newer(database, holdings);
      await markVersionServed(database, holdings.columns.version);
    } while (again && !stopped);
  };
  const changed = () => {
    if (stopped) return;
    // a change during a refresh is looked for when it ends
    again = true;
    working ??= refresh()
      .catch(report)
      .finally(() => {
        working = undefined;
      });
  };
  await database.onChange(changed);
  changed();
  return {
    current: () => holdings,
    async caughtUp() {
      changed();
      while (working) await working;
    },
    async stop() {
      stopped = true;
      await working;
    },
  };
}

/** The newest holdings, with what requests of the former ones have needed, so that the next ones need not wait for it. */
async function newer(database: Database, former: Holdings): Promise<Holdings> {
  const next = await loadHoldings(database, former);
  await outlineAsBefore(
    former,
    next,
    knownCellIndexes(former.columns).map(({ resolution }) => resolution),
  );
  return next;
}

/** Tells commands that wait that the map shows this version. */
async function markVersionServed(database: Database, version: number): Promise<void> {
  if ((await database.read(readServed)) < version) await database.change((client) => markServed(client, version));
}
