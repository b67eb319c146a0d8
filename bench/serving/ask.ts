import { type Agent, get } from 'node:http';

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
