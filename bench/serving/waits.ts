import { get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { figureText } from '../report/figure-text.ts';
import { keepSection } from '../report/results.ts';
import { largestKept, scaleDatabase, scaleObstacle, scaleSizes } from '../scale/scale-database.ts';
import { serverVersions } from '../scale/versions.ts';
import { type RunningServer, startOurs } from './running-server.ts';

/** What takes long over a country, without its period. */
const questions: Readonly<Record<string, string>> = {
  'totals, categories, months and hours': '/api/summary?',
  'counts of hexagons, JSON': '/api/cells?resolution=9&',
  'counts of hexagons, GeoJSON': '/api/cells?resolution=9&format=geojson&',
  'wards beside the period before': '/api/areas/ward?compare=previous-period&',
  'Gi* and its change, JSON': '/api/cells?resolution=9&measures=giStar,change&compare=previous-period&',
  'local Moran': '/api/cells?resolution=9&measures=localMoran&',
  density: '/api/cells?resolution=9&measures=density&',
  'emerging hot spots': '/api/cells?resolution=9&measures=emerging&steps=6&',
  'hot spots, described': '/api/hotspots?resolution=9&',
  concentration: '/api/concentration?resolution=9&',
  'concentration, all hexagons as CSV': '/api/concentration?resolution=9&format=csv&',
  'near repeats of robberies': '/api/near-repeat?categories=crime.robbery&',
  forecast: '/api/forecast?resolution=8&holdOut=1&',
  'a tile at zoom 6': '/tiles/cells/6/31/20.mvt?resolution=9&',
};
/** The first has made what is made once for a version of the data, such as the cells of areas. */
const periods = ['from=2021-06-01&to=2021-08-31', 'from=2021-09-01&to=2021-11-30'];
const watch = new URL('./watch-loop.mjs', import.meta.url).href;
const aimMilliseconds = 50;

/** How long the event loop is held, and so how long everybody else waits, while something long is worked out. */
export async function benchWaits(fresh: boolean): Promise<void> {
  const obstacle = scaleObstacle();
  if (obstacle) return console.log(`not measured: ${obstacle}`);
  const size = await largestKept();
  const url = await scaleDatabase(size, fresh);
  const server = await startOurs(url, { NODE_OPTIONS: `--import=${watch}` });
  try {
    const rounds: Waited[][] = [];
    for (const period of periods) rounds.push(await askAll(server, period));
    const longest = Math.max(...rounds.flat().map(({ held }) => held));
    keepSection({
      name: 'waits',
      title: 'How long others wait',
      aims: [
        {
          what: 'the event loop held at a time, whatever is asked',
          aim: `at most ${aimMilliseconds} ms`,
          found: `${figureText(longest)} ms`,
          met: longest <= aimMilliseconds,
        },
      ],
      method: method(scaleSizes[size]),
      tables: [
        {
          caption: 'Milliseconds, the first time and under another period',
          columns: ['', 'answered after', 'loop held at most', 'answered after ', 'loop held at most '],
          rows: Object.keys(questions).map((name, at) => [
            name,
            ...rounds.flatMap((round) => [figureText(round[at]!.answered), figureText(round[at]!.held)]),
          ]),
        },
      ],
      versions: await serverVersions(url),
    });
  } finally {
    await server.stop();
  }
}

/** Milliseconds until an answer was there, and the longest that the loop was held meanwhile. */
type Waited = { readonly answered: number; readonly held: number };

async function askAll(server: RunningServer, period: string): Promise<Waited[]> {
  const waited: Waited[] = [];
  for (const [name, path] of Object.entries(questions)) {
    const [from, began] = [Date.now(), performance.now()];
    await askFor(server.url + path + period);
    const answered = performance.now() - began;
    // what held the loop at the end is told when it is free again
    await wait(100);
    const held = Math.max(0, ...holdsSince(server.output(), from));
    console.log(`${name}: ${figureText(answered)} ms, held ${figureText(held)} ms`);
    waited.push({ answered, held });
  }
  return waited;
}

/** Asks and throws the answer away. */
function askFor(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
      response.resume().on('end', resolve).on('error', reject);
    });
    request.on('error', reject);
  });
}

function holdsSince(output: string, from: number): number[] {
  return [...output.matchAll(/^held ([\d.]+) ms until (\d+)$/gm)]
    .filter(([, , until]) => Number(until) >= from)
    .map(([, held]) => Number(held));
}

function method(incidents: number): string[] {
  return [
    `Our service with ${incidents.toLocaleString('en-GB')} derived incidents, as a process of its own, is asked for one thing after another, over all that is held
of a quarter of a year; the aim is judged by all questions, the first time included. A timer in its event loop that is due every 5 milliseconds tells when it came late, and by how much: for so long nobody
else was answered. What comes less than 20 ms late is not told and stands as 0; garbage collection is counted in.`,
  ];
}
