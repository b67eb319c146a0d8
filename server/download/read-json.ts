import { Interrupted } from './http.ts';

const mostBytes = 256 * 2 ** 20;

/** The JSON of an answer; an answer that is none, or is cut short, is worth another try. */
export async function readJson(response: Response, alive: () => void): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    alive();
    length += chunk.length;
    if (length > mostBytes) throw new Interrupted('it answered with far too much');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new Interrupted('it did not answer with whole JSON');
  }
}
