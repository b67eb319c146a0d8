import { benchDatabases, clevelandFiles } from './cleveland.ts';
import { benchLargeImport } from './large-import.ts';
import { runProcess } from './run-process.ts';

/** Import of Cleveland's 24 months on both databases, and of a file much larger than that on PostgreSQL. */
export async function benchImport(): Promise<void> {
  await benchMonths();
  await benchLargeImport();
}

/** Rows a second, peak memory; then the service's second start on what was imported. */
async function benchMonths(): Promise<void> {
  const input = clevelandFiles();
  if (!input) return console.log('not measured: the published data are not beside the project');
  for (const { kind, environment, remove } of await benchDatabases()) {
    const areas = runProcess('cli.ts', ['areas', input.wards, '--layer', 'ward'], environment);
    if ((await areas.ended) !== 0) throw new Error(areas.output());
    const began = performance.now();
    const words = ['import', ...input.files, '--profile', 'police-uk-street'];
    const run = runProcess('cli.ts', words, environment);
    if ((await run.ended) !== 0) throw new Error(run.output());
    const seconds = (performance.now() - began) / 1000;
    const rows = Number(/24 files: ([\d,]+) rows/.exec(run.output())?.[1]?.replaceAll(',', ''));
    const peak = Math.round(run.peakBytes() / 2 ** 20);
    console.log(
      `${kind}: ${rows} rows in ${seconds.toFixed(1)} s, start included: ${Math.round(rows / seconds)} rows/s, peak ${peak} MiB`,
    );
    console.log(`${kind}: second start of the service: ready after ${(await secondStart(environment)).toFixed(1)} s`);
    await remove();
  }
}

async function secondStart(environment: NodeJS.ProcessEnv): Promise<number> {
  const began = performance.now();
  const run = runProcess('main.ts', [], { ...environment, PORT: '0', HOTSPOT_DEMO: 'off' });
  await new Promise<void>((resolve, reject) => {
    run.child.stdout?.on('data', () => run.output().includes('Ready') && resolve());
    run.ended.then(() => reject(new Error(run.output())));
  });
  const seconds = (performance.now() - began) / 1000;
  run.child.kill('SIGTERM');
  await run.ended;
  return seconds;
}
