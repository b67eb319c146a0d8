import { keepSection } from '../report/results.ts';
import { runProcess } from '../run-process.ts';
import type { Loaded } from './load-child.ts';
import { type ScaleSize, scaleDatabase, scaleObstacle, scaleSizes } from './scale-database.ts';
import { scaleVersions } from './versions.ts';

const aimSeconds = 30;

/** Loading the columns at start, in a process of its own for each size: seconds, bytes an incident, peak memory. */
export async function benchLoad(fresh: boolean): Promise<void> {
  const obstacle = scaleObstacle();
  if (obstacle) return console.log(`not measured: ${obstacle}`);
  const loads: Loaded[] = [];
  for (const size of Object.keys(scaleSizes) as ScaleSize[]) {
    const loaded = await loadOnce(await scaleDatabase(size, fresh));
    loads.push(loaded);
    console.log(rowOf(loaded).join(', '));
  }
  const largest = loads.at(-1)!;
  keepSection({
    name: 'load',
    title: 'Loading the columns at start',
    aims: [
      {
        what: 'ten million incidents loaded',
        aim: `under ${aimSeconds} s`,
        found: `${largest.seconds.toFixed(1)} s`,
        met: largest.seconds < aimSeconds,
      },
    ],
    method: [
      `\`loadHoldings\` in a fresh process, from the tables of the same PostgreSQL server, with whatever it had cached;
the start of the process is not counted. Bytes an incident are all
typed arrays that the holdings reach, places and wards included, divided by the incidents; peak is the most memory the whole
process held, Node itself included.`,
    ],
    tables: [
      {
        caption: 'One load of each size',
        columns: ['incidents', 'places', 'seconds', 'incidents a second', 'bytes an incident', 'peak MiB'],
        rows: loads.map(rowOf),
      },
    ],
    versions: await scaleVersions(await scaleDatabase('10m', false)),
  });
}

async function loadOnce(url: string): Promise<Loaded> {
  const run = runProcess('../bench/scale/load-child.ts', [url], {});
  if ((await run.ended) !== 0) throw new Error(run.output());
  return JSON.parse(run.output().trim().split('\n').at(-1)!) as Loaded;
}

function rowOf({ incidents, places, seconds, bytes, peakBytes }: Loaded): string[] {
  return [
    incidents.toLocaleString('en-GB'),
    places.toLocaleString('en-GB'),
    seconds.toFixed(1),
    Math.round(incidents / seconds).toLocaleString('en-GB'),
    (bytes / incidents).toFixed(1),
    Math.round(peakBytes / 2 ** 20).toLocaleString('en-GB'),
  ];
}
