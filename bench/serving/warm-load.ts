import { importPackage } from '../packages.ts';
import { type LoadFigures, quantile } from './ask.ts';
import type { RunningServer } from './running-server.ts';

/** The little of autocannon that is used here. */
type Autocannon = (
  options: Readonly<Record<string, unknown>>,
  done: (error: Error | null, result: AutocannonResult) => void,
) => {
  on(event: 'response', listener: (client: unknown, status: number, bytes: number, milliseconds: number) => void): void;
};
type AutocannonResult = {
  readonly duration: number;
  readonly errors: number;
  readonly non2xx: number;
  readonly requests: { readonly total: number };
  readonly throughput: { readonly total: number };
};

/** What a load of warm requests showed, and what it cost the server. */
export type WarmFigures = LoadFigures & { readonly coresUsed: number; readonly requestsPerSecondAndCore: number };

export const warmConnections = 8;
const warmUpSeconds = 3;
const measuredSeconds = 10;

/** Asks for the same addresses over and over; `bytes` is the whole answer on the wire, its headers included. */
export async function warmLoad(
  server: RunningServer,
  paths: readonly string[],
  headers: Readonly<Record<string, string>>,
): Promise<WarmFigures> {
  await fire(server.url, paths, headers, warmUpSeconds, () => {});
  const times: number[] = [];
  const before = server.cpuSeconds();
  const result = await fire(server.url, paths, headers, measuredSeconds, (milliseconds) => times.push(milliseconds));
  const cpuSeconds = server.cpuSeconds() - before;
  const { total } = result.requests;
  return {
    requestsPerSecond: total / result.duration,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    bytes: result.throughput.total / total,
    coresUsed: cpuSeconds / result.duration,
    requestsPerSecondAndCore: total / cpuSeconds,
  };
}

async function fire(
  url: string,
  paths: readonly string[],
  headers: Readonly<Record<string, string>>,
  duration: number,
  onAnswer: (milliseconds: number) => void,
): Promise<AutocannonResult> {
  const { default: autocannon } = await importPackage<{ readonly default: Autocannon }>('autocannon');
  const requests = paths.map((path) => ({ path }));
  const result = await new Promise<AutocannonResult>((resolve, reject) => {
    const options = { url, requests, headers, duration, connections: warmConnections };
    const load = autocannon(options, (error, found) => (error ? reject(error) : resolve(found)));
    // its own quantiles are whole milliseconds
    load.on('response', (_client, _status, _bytes, milliseconds) => onAnswer(milliseconds));
  });
  if (result.errors + result.non2xx > 0) throw new Error(`${result.errors + result.non2xx} requests failed under load`);
  return result;
}
