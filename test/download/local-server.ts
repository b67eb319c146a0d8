import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of our own on a free port, and what it was asked. */
export type LocalServer = {
  readonly url: string;
  readonly asked: { readonly path: string; readonly range: string | undefined }[];
  close(): Promise<void>;
};

/** Starts a server that answers by `handle`. */
export async function serve(
  handle: (request: IncomingMessage, response: ServerResponse, index: number) => void,
): Promise<LocalServer> {
  const asked: { path: string; range: string | undefined }[] = [];
  const server = createServer((request, response) => {
    asked.push({ path: decodeURIComponent(request.url as string), range: request.headers.range });
    handle(request, response, asked.length - 1);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A way an answer goes wrong: a status with its Retry-After, or a body that breaks off, resets or stalls half-way. */
export type Fault = { status: number; retryAfter?: string } | 'reset before' | 'cut' | 'reset' | 'stall';

/** Sends a body, or goes wrong over it. */
export function answer(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: Buffer,
  fault?: Fault,
): void {
  if (typeof fault === 'object') {
    response.writeHead(fault.status, fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter });
    response.end('too busy');
  } else if (fault === 'reset before') response.socket?.resetAndDestroy();
  else if (fault === undefined)
    response.writeHead(status, { ...headers, 'content-length': String(body.length) }).end(body);
  else {
    // in pieces without a length, a body that ends too soon looks whole to HTTP
    response.writeHead(status, fault === 'cut' ? headers : { ...headers, 'content-length': String(body.length) });
    const half = body.subarray(0, Math.floor(body.length / 2));
    response.write(half, () => {
      if (fault === 'cut') response.end();
      // what was written should arrive before the reset does
      if (fault === 'reset') setTimeout(() => response.socket?.resetAndDestroy(), 30);
    });
  }
}

/** Time that passes only by sleeping, and not by chance. */
export function fakeTime(): {
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  random: () => number;
  slept: number[];
} {
  let time = Date.parse('2026-11-22T09:00:00Z');
  const slept: number[] = [];
  return {
    now: () => time,
    sleep: async (ms) => {
      slept.push(ms);
      time += ms;
    },
    random: () => 0.5,
    slept,
  };
}
