import { Agent, get } from 'node:http';

/** An answer as it came over the wire, still compressed. */
export type Answer = { readonly status: number; readonly body: Buffer; readonly milliseconds: number };

/** Asks once and reads the answer to its end. */
export function ask(agent: Agent, url: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, headers: { ...headers } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const milliseconds = performance.now() - began;
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts), milliseconds });
      });
    });
    request.on('error', reject);
  });
}

/** What a load showed. */
export type LoadFigures = {
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Bytes of a body on the wire, on average. */
  readonly bytes: number;
};

/** Asks a server for each path once, over a number of connections, each asking again as soon as it has its answer. */
export async function askEach(
  base: string,
  paths: readonly string[],
  headers: Readonly<Record<string, string>>,
  connections: number,
): Promise<LoadFigures> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const answers: Answer[] = [];
  const waiting = [...paths];
  const work = async () => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const answer = await ask(agent, base + path, headers);
      if (answer.status !== 200 && answer.status !== 204) throw new Error(`${path} answered ${answer.status}`);
      answers.push(answer);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: connections }, work));
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  const times = answers.map(({ milliseconds }) => milliseconds);
  const bytes = answers.reduce((sum, { body }) => sum + body.length, 0) / answers.length;
  return { requestsPerSecond: paths.length / seconds, p50: quantile(times, 0.5), p99: quantile(times, 0.99), bytes };
}

/** The value that a share of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}
