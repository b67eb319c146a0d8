import { readFileSync } from 'node:fs';
import { type Run, runScript } from '../run-process.ts';

/** A server in a process of its own. */
export type RunningServer = {
  readonly url: string;
  /** Seconds of processor time that the process has used, all its threads together. */
  cpuSeconds(): number;
  /** All that it has printed. */
  output(): string;
  stop(): Promise<void>;
};

/** What Linux counts processor time in. */
const ticksPerSecond = 100;

/** Our service on a database, ready to answer. */
export function startOurs(databaseUrl: string, environment: NodeJS.ProcessEnv = {}): Promise<RunningServer> {
  return start('server/main.ts', { ...environment, DATABASE_URL: databaseUrl, PORT: '0', HOTSPOT_DEMO: 'off' });
}

/** The server of ST_AsMVT tiles on a database. */
export function startAsMvt(databaseUrl: string): Promise<RunningServer> {
  return start('bench/serving/asmvt-server.ts', { DATABASE_URL: databaseUrl });
}

async function start(script: string, environment: NodeJS.ProcessEnv): Promise<RunningServer> {
  const run = runScript(script, [], { ...environment, NODE_ENV: 'production' });
  // a bench that fails leaves nothing behind
  const end = () => run.child.kill('SIGTERM');
  process.once('exit', end);
  const url = await readyUrl(run);
  return {
    url,
    cpuSeconds: () => cpuSecondsOf(run.child.pid),
    output: run.output,
    async stop() {
      end();
      await run.ended;
      process.off('exit', end);
    },
  };
}

/** Waits for the line that ends a start: "Ready …: http://…". */
function readyUrl(run: Run): Promise<string> {
  return new Promise((resolve, reject) => {
    run.child.stdout?.on('data', () => {
      const url = /Ready .*(http:\S+)/.exec(run.output())?.[1];
      if (url) resolve(url);
    });
    run.ended.then(() => reject(new Error(run.output())));
  });
}

/** Time in user and kernel mode, from Linux's /proc; it tells whole hundredths of a second. */
function cpuSecondsOf(pid: number | undefined): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // the name in brackets may hold blanks; time in user mode is the 14th field, in kernel mode the 15th
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
