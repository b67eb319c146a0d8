import { benchDatabases, clevelandFiles } from './cleveland.ts';
import { runProcess } from './run-process.ts';

const asksWarm = 300;

/** Time to answer of the reading routes on Cleveland's 24 months: p50 and p99, cold (each asked once) and warm. */
export async function benchServe(): Promise<void> {
  const input = clevelandFiles();
  if (!input) return console.log('not measured: the published data are not beside the project');
  const [database] = (await benchDatabases()).slice(-1);
  const { environment, remove } = database!;
  for (const words of [
    ['areas', input.wards, '--layer', 'ward'],
    ['import', ...input.files, '--profile', 'police-uk-street'],
  ]) {
    const run = runProcess('cli.ts', words, environment);
    if ((await run.ended) !== 0) throw new Error(run.output());
  }
  const service = runProcess('main.ts', [], { ...environment, PORT: '0', HOTSPOT_DEMO: 'off' });
  const url = await ready(service);
  const filters = coldFilters();
  await report(
    'summary, cold',
    filters.map((filter) => `${url}/api/summary?${filter}`),
  );
  await report('summary, warm', Array(asksWarm).fill(`${url}/api/summary?categories=violence`));
  await report(
    'cells at 9, cold',
    filters.map((filter) => `${url}/api/cells?resolution=9&${filter}&to=2024-11-30`),
  );
  await report('cells at 9, warm', Array(asksWarm).fill(`${url}/api/cells?resolution=9&categories=violence`));
  await report(
    'tile z11, cold',
    filters.map((filter) => `${url}/tiles/cells/11/1017/651.mvt?${filter}&to=2024-10-31`),
  );
  await report('tile z11, warm', Array(asksWarm).fill(`${url}/tiles/cells/11/1017/651.mvt?categories=violence`));
  await report(
    'hotspots, cold (aim: under 300 ms)',
    filters.slice(0, 24).map((filter) => `${url}/api/hotspots?${filter}&compare=previous-year&to=2024-09-30`),
  );
  await reportBesideStatistics(url);
  service.child.kill('SIGTERM');
  await service.ended;
  await remove();
}

/** How long others wait while a long statistic runs: 9,999 permutations of local Moran over the whole of the Tees. */
async function reportBesideStatistics(url: string): Promise<void> {
  const long = `${url}/api/cells?measures=localMoran&p=conditional&permutations=9999&categories=crime`;
  const began = performance.now();
  const statistic = fetch(long).then((response) => response.arrayBuffer());
  await report(
    'summary, warm, while a long statistic runs',
    Array(asksWarm).fill(`${url}/api/summary?categories=violence`),
  );
  await statistic;
  console.log(`that statistic: ${Math.round(performance.now() - began)} ms`);
}

/** A filter for each category, month and weekday: none asked before. */
function coldFilters(): string[] {
  const categories = [
    'violence',
    'asb',
    'crime',
    'crime.burglary',
    'crime.shoplifting',
    'crime.drugs',
    'crime.robbery',
  ];
  const months = Array.from({ length: 12 }, (_, month) => `2023-${String(month + 1).padStart(2, '0')}-01`);
  return categories.flatMap((category) => months.map((from) => `categories=${category}&from=${from}`));
}

async function ready(service: ReturnType<typeof runProcess>): Promise<string> {
  return new Promise((resolve, reject) => {
    service.child.stdout?.on('data', () => {
      const url = /Ready .*(http:\S+)/.exec(service.output())?.[1];
      if (url) resolve(url);
    });
    service.ended.then(() => reject(new Error(service.output())));
  });
}

async function report(name: string, addresses: readonly string[]): Promise<void> {
  const times: number[] = [];
  let bytes = 0;
  for (const address of addresses) {
    const began = performance.now();
    const response = await fetch(address);
    bytes += (await response.arrayBuffer()).byteLength;
    times.push(performance.now() - began);
    if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))]!.toFixed(2);
  console.log(
    `${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms over ${times.length}, ${Math.round(bytes / times.length)} bytes each`,
  );
}
