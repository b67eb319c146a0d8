import { groupRuns, type Runs } from '../count/runs.ts';
import { inThread, task } from '../threads.ts';
import type { Holdings } from './load-holdings.ts';
import { remember } from './remember.ts';

/** Fewer runs than this are grouped at once, in a millisecond. */
const fewRuns = 100_000;
const groupTask = task<typeof groupRuns>(new URL('../count/runs.ts', import.meta.url), 'groupRuns', 'quick');

/** The runs of groups of places, kept under a name: made for the first count, at hand for the next. */
export function prepareRuns(holdings: Holdings, name: string, groupsOf: () => Uint32Array): Promise<Runs> {
  const { runPlace, runStart } = holdings.columns;
  const make = async () =>
    runPlace.length < fewRuns
      ? groupRuns({ runPlace, runStart }, groupsOf())
      : inThread(groupTask, { runPlace, runStart }, groupsOf());
  return remember(holdings, `runs ${name}`, make, runsBytes);
}

const runsBytes = ({ group, start, ofWord }: Runs) => group.byteLength + start.byteLength + ofWord.byteLength;
