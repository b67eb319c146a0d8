import { onBehalfOf } from '../askers.ts';
import type { Columns } from '../count/columns.ts';
import { groupRuns, type Runs } from '../count/runs.ts';
import { inThread, task } from '../threads.ts';

/** Fewer runs than this are grouped at once, in a millisecond. */
const fewRuns = 100_000;
const groupTask = task<typeof groupRuns>(new URL('../count/runs.ts', import.meta.url), 'groupRuns', 'quick');
const cache = new WeakMap<Columns, Map<string, Promise<Runs>>>();

/** The runs of groups of places, kept under a name with the columns: made for the first count, at hand for all others. */
export function prepareRuns(
  columns: Columns,
  name: string,
  groupsOf: () => Uint32Array | Promise<Uint32Array>,
): Promise<Runs> {
  const known = cache.get(columns) ?? new Map<string, Promise<Runs>>();
  cache.set(columns, known);
  // several may wait for them: they are not given up when the first who asked goes away
  const runs =
    known.get(name) ?? onBehalfOf(new AbortController().signal, async () => group(columns, await groupsOf()));
  known.set(name, runs);
  runs.catch(() => known.delete(name));
  return runs;
}

async function group({ runPlace, runStart }: Columns, groupOf: Uint32Array): Promise<Runs> {
  const places = { runPlace, runStart };
  return runPlace.length < fewRuns ? groupRuns(places, groupOf) : inThread(groupTask, places, groupOf);
}
