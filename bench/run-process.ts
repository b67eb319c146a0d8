import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A process of the project's own, with what it printed and the most memory it held. */
export type Run = {
  readonly child: ChildProcess;
  output(): string;
  peakBytes(): number;
  ended: Promise<number | null>;
};

/** Starts `server/<script>` with words and settings. */
export function runProcess(script: string, words: readonly string[], environment: NodeJS.ProcessEnv): Run {
  return runScript(`server/${script}`, words, environment);
}

/** Starts a script of the project, named from its root, with words and settings. */
export function runScript(path: string, words: readonly string[], environment: NodeJS.ProcessEnv): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', path, ...words], {
    cwd: root,
    env: { ...process.env, ...environment },
  });
  let output = '';
  let peak = 0;
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  const timer = setInterval(() => (peak = Math.max(peak, peakOf(child.pid))), 50);
  const ended = new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      clearInterval(timer);
      resolve(code);
    }),
  );
  return { child, output: () => output, peakBytes: () => peak, ended };
}

/**
 * The high-water mark of a process's memory, a process that starts another not counted in (as it is in what Node calls
 * maxRSS); 0 where the system does not tell (it is read from
 * Linux's /proc).
 */
export function peakOf(pid: number | undefined): number {
  try {
    const kibibytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kibibytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}
