import { quantile } from '../median.ts';
import { importPackage } from '../packages.ts';
import type { RunningServer } from './running-server.ts';

/** The little of autocannon that is used here. */
type Autocannon = (
  options: Readonly<Record<string, unknown>>,
  done: (error: Error | null, result: AutocannonResult) => void,
) => {
  on(event: 'response', listener: (client: unknown, status: number, bytes: number, milliseconds: number) => void): void;
};
type AutocannonResult = { readonly errors: number; readonly non2xx: number };
/** One of its connections. */
type Connection = { setRequests(requests: readonly { readonly path: string }[]): void };

/** What a load showed. */
export type LoadFigures = {
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Bytes of an answer on the wire, its headers included, on average. */
  readonly bytes: number;
};

/** The same for requests asked again and again, and what they cost the server. */
export type WarmFigures = LoadFigures & { readonly coresUsed: number; readonly requestsPerSecondAndCore: number };

/** An answer as it was seen: milliseconds it took, when it was there, its bytes on the wire. */
type Seen = { readonly milliseconds: number; readonly at: number; readonly bytes: number };

const connections = 8;
const warmUpSeconds = 3;
const measuredSeconds = 10;

/** Asks for each address once, shared out to the connections in turn. */
export async function coldLoad(
  { url }: RunningServer,
  paths: readonly string[],
  headers: Readonly<Record<string, string>>,
): Promise<LoadFigures> {
  const shares = Array.from({ length: connections }, (_, number) =>
    paths.filter((_, at) => at % connections === number).map((path) => ({ path })),
  );
  const unequal = shares.some(({ length }) => length !== shares[0]!.length);
  // who has fewer than the others would begin again, with what is warm by then
  if (unequal) throw new Error(`${paths.length} addresses cannot be shared out to ${connections} connections`);
  const setupClient = (connection: Connection) => connection.setRequests(shares.pop()!);
  return figures(await fire({ url, headers, amount: paths.length, setupClient }));
}

/** Asks for the same addresses over and over. */
export async function warmLoad(
  server: RunningServer,
  paths: readonly string[],
  headers: Readonly<Record<string, string>>,
): Promise<WarmFigures> {
  const load = { url: server.url, headers, requests: paths.map((path) => ({ path })) };
  await fire({ ...load, duration: warmUpSeconds });
  const before = server.cpuSeconds();
  const seen = await fire({ ...load, duration: measuredSeconds });
  const cpuSeconds = server.cpuSeconds() - before;
  const found = figures(seen);
  return {
    ...found,
    coresUsed: (cpuSeconds * found.requestsPerSecond) / seen.length,
    requestsPerSecondAndCore: seen.length / cpuSeconds,
  };
}

async function fire(options: Readonly<Record<string, unknown>>): Promise<Seen[]> {
  const { default: autocannon } = await importPackage<{ readonly default: Autocannon }>('autocannon');
  const seen: Seen[] = [];
  const result = await new Promise<AutocannonResult>((resolve, reject) => {
    const load = autocannon({ ...options, connections }, (error, found) => (error ? reject(error) : resolve(found)));
    // its own quantiles are whole milliseconds, its durations whole hundredths of a second
    load.on('response', (_client, _status, bytes, milliseconds) =>
      seen.push({ milliseconds, at: performance.now(), bytes }),
    );
  });
  const failed = result.errors + result.non2xx;
  if (failed > 0) throw new Error(`${failed} requests failed under load`);
  return seen;
}

function figures(seen: readonly Seen[]): LoadFigures {
  const times = seen.map(({ milliseconds }) => milliseconds);
  const began = Math.min(...seen.slice(0, connections).map(({ at, milliseconds }) => at - milliseconds));
  return {
    requestsPerSecond: seen.length / ((seen.at(-1)!.at - began) / 1000),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    bytes: seen.reduce((sum, { bytes }) => sum + bytes, 0) / seen.length,
  };
}
