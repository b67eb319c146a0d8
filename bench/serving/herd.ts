import { Agent } from 'node:http';
import type { TileAddress } from '../../server/tiles/mercator.ts';
import { median } from '../median.ts';
import { figureText } from '../report/figure-text.ts';
import { keepSection } from '../report/results.ts';
import type { Aim, Table } from '../report/section.ts';
import { largestKept, scaleDatabase, scaleObstacle, scaleSizes } from '../scale/scale-database.ts';
import { serverVersions } from '../scale/versions.ts';
import { ask } from './ask.ts';
import { type RunningServer, startOurs } from './running-server.ts';
import { fullestTiles, newFilter } from './tile-questions.ts';

/** Something to ask for under a filter. */
type Question = { readonly name: string; path(filter: string): string };

/** Milliseconds until the last of some identical requests was answered, and processor time of the server meanwhile. */
type Burst = { readonly milliseconds: number; readonly cpuMilliseconds: number };

/** What one question showed, in medians over the rounds; processor time on average, since it is told in steps of 10 ms. */
export type HerdFigures = {
  readonly name: string;
  readonly one: Burst;
  readonly herd: Burst;
  readonly warmHerd: Burst;
};

const herdSize = 100;
const rounds = 15;
/** Filters so far apart have the same categories and other dates. */
const sameCategories = 160;
const headers = { 'accept-encoding': 'gzip' };

const questionsOn = ({ z, x, y }: TileAddress): Question[] => [
  { name: 'the fullest tile at zoom 11', path: (filter) => `/tiles/cells/${z}/${x}/${y}.mvt?${filter}` },
  {
    name: 'a tile of the Midlands and the North at zoom 7',
    path: (filter) => `/tiles/cells/7/63/41.mvt?resolution=8&${filter}`,
  },
  { name: 'totals, categories, months and hours', path: (filter) => `/api/summary?${filter}` },
];

/** A hundred identical requests at once, each over a connection of its own, beside one alone. */
export async function benchHerd(fresh: boolean): Promise<void> {
  const obstacle = scaleObstacle();
  if (obstacle) return console.log(`not measured: ${obstacle}`);
  const size = await largestKept();
  const url = await scaleDatabase(size, fresh);
  const server = await startOurs(url);
  const agent = new Agent({ keepAlive: true, maxSockets: herdSize });
  try {
    const found: HerdFigures[] = [];
    const [fullest] = await fullestTiles(url);
    for (const question of questionsOn(fullest!)) found.push(await measure(server, agent, question));
    keepSection({
      name: 'herd',
      title: `${herdSize} identical cold requests at once`,
      aims: found.flatMap(judge),
      method: herdMethod(scaleSizes[size]),
      tables: [herdTable(found)],
      versions: await serverVersions(url),
    });
  } finally {
    agent.destroy();
    await server.stop();
  }
}

async function measure(server: RunningServer, agent: Agent, { name, path }: Question): Promise<HerdFigures> {
  const bursts: { one: Burst; herd: Burst; warmHerd: Burst }[] = [];
  // opens the connections, and has made what is made once
  for (const filter of [1500, 1501]) await burst(server, agent, path(newFilter(filter)), herdSize);
  for (let round = 0; round < rounds; round++) {
    const one = await burst(server, agent, path(newFilter(round)), 1);
    const asked = path(newFilter(round + sameCategories));
    const herd = await burst(server, agent, asked, herdSize);
    bursts.push({ one, herd, warmHerd: await burst(server, agent, asked, herdSize) });
  }
  const figures = { name, ...summed(bursts) };
  console.log(
    `${name}: one ${inWords(figures.one)}; ${herdSize} cold ${inWords(figures.herd)}; ${herdSize} warm ${inWords(figures.warmHerd)}`,
  );
  return figures;
}

/** Asks for the same path a number of times at once. */
async function burst(server: RunningServer, agent: Agent, path: string, times: number): Promise<Burst> {
  const cpuBefore = server.cpuSeconds();
  const began = performance.now();
  const answers = await Promise.all(Array.from({ length: times }, () => ask(agent, server.url + path, headers)));
  const milliseconds = performance.now() - began;
  const failed = answers.find(({ status }) => status !== 200);
  if (failed) throw new Error(`${path} answered ${failed.status}`);
  return { milliseconds, cpuMilliseconds: 1000 * (server.cpuSeconds() - cpuBefore) };
}

function summed(bursts: readonly { one: Burst; herd: Burst; warmHerd: Burst }[]) {
  const of = (kind: 'one' | 'herd' | 'warmHerd') => ({
    milliseconds: median(bursts.map((found) => found[kind].milliseconds)),
    cpuMilliseconds: bursts.reduce((sum, found) => sum + found[kind].cpuMilliseconds, 0) / bursts.length,
  });
  return { one: of('one'), herd: of('herd'), warmHerd: of('warmHerd') };
}

/** How many times what one costs was worked, the sending of a hundred answers taken off. */
function computations({ one, herd, warmHerd }: HerdFigures): number {
  return (herd.cpuMilliseconds - warmHerd.cpuMilliseconds) / one.cpuMilliseconds;
}

function judge(figures: HerdFigures): Aim[] {
  const { name, one, herd } = figures;
  const ratio = herd.milliseconds / one.milliseconds;
  const worked = computations(figures);
  return [
    {
      what: `${name}: until the last of ${herdSize} is answered, beside one alone`,
      aim: 'within 1.5 times',
      found: `${figureText(ratio)} times`,
      met: ratio <= 1.5,
    },
    {
      what: `${name}: computations for ${herdSize}, by processor time`,
      aim: '1',
      found: figureText(Math.max(0, worked)),
      met: worked < 1.5,
    },
  ];
}

function herdTable(found: readonly HerdFigures[]): Table {
  const cells = ({ milliseconds, cpuMilliseconds }: Burst) => [figureText(milliseconds), figureText(cpuMilliseconds)];
  return {
    caption: 'Milliseconds until the last answer was read (median), and processor time of the server (mean)',
    columns: [
      '',
      'one, cold',
      'its processor time',
      `${herdSize}, cold`,
      'their processor time',
      `${herdSize}, warm`,
      'their processor time ',
    ],
    rows: found.map(({ name, one, herd, warmHerd }) => [name, ...cells(one), ...cells(herd), ...cells(warmHerd)]),
  };
}

function herdMethod(incidents: number): string[] {
  return [
    `Our service with ${incidents.toLocaleString('en-GB')} derived incidents, as a process of its own. In each of ${rounds} rounds a request under a filter never asked before
is sent once; then one of the same categories in another three months ${herdSize} times at once, each over a connection of its own that is open
already; then the same ${herdSize} once more, now that the answer is remembered. All is asked and read by one other process on the same machine.`,
    `How many computations the ${herdSize} caused is told by processor time: what ${herdSize} cold requests took, less what ${herdSize} warm ones took
(which is the sending alone), divided by what one cold request took. ${herdSize} computations would show as about ${herdSize}.`,
  ];
}

function inWords({ milliseconds, cpuMilliseconds }: Burst): string {
  return `${figureText(milliseconds)} ms (${figureText(cpuMilliseconds)} ms of a core)`;
}
