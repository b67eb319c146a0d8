import { type ZodType, z } from 'zod';
import { errorSchema } from '../server/model.ts';

/** A request that brought no answer one can use; `message` is fit for people to read. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;

  constructor(message: string, status: number, code: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.code = code;
  }

  /** The service is there but not ready: worth asking again by itself. */
  get starting(): boolean {
    return this.status === 503;
  }
}

/** Fetches JSON and parses it by its schema; every failure but an abort is an ApiError. */
export async function getJson<T>(url: string, schema: ZodType<T>, signal: AbortSignal): Promise<T> {
  return readJson(await fetchOrExplain(url, { signal, headers: { accept: 'application/json' } }), schema, signal);
}

/** Sends JSON, or nothing but the wish, and parses the answer; every failure but an abort is an ApiError. */
export async function sendJson<T>(
  method: 'POST' | 'PUT' | 'DELETE',
  url: string,
  content: unknown,
  schema: ZodType<T>,
  signal: AbortSignal,
): Promise<T> {
  const headers = { accept: 'application/json', ...(content !== undefined && { 'content-type': 'application/json' }) };
  const body = content === undefined ? null : JSON.stringify(content);
  return readJson(await fetchOrExplain(url, { method, signal, headers, body }), schema, signal);
}

async function readJson<T>(response: Response, schema: ZodType<T>, signal: AbortSignal): Promise<T> {
  const body = await readBody(response, signal);
  if (!response.ok) throw refusalOf(response.status, body);
  return parseAnswer(body, schema);
}

/** An answer by its schema; one that does not fit it is an ApiError. */
export function parseAnswer<T>(body: unknown, schema: ZodType<T>): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ApiError('The service gave an answer this page does not understand. Reload the page.', 0, 'schema', {
    cause: z.prettifyError(parsed.error),
  });
}

/** Fetches bytes of a media type; every failure but an abort is an ApiError. */
export async function getBytes(
  url: string,
  type: string,
  signal: AbortSignal,
): Promise<{ readonly bytes: Uint8Array; readonly headers: Headers }> {
  const response = await fetchOrExplain(url, { signal, headers: { accept: type } });
  if (!response.ok) throw refusalOf(response.status, await readBody(response, signal));
  return { bytes: new Uint8Array(await response.arrayBuffer()), headers: response.headers };
}

async function fetchOrExplain(url: string, options: RequestInit & { signal: AbortSignal }): Promise<Response> {
  try {
    return await fetch(url, options);
  } catch (cause) {
    if (options.signal.aborted) throw cause;
    throw unreachable(cause);
  }
}

/** Nothing answered. */
export function unreachable(cause?: unknown): ApiError {
  const message = 'The service cannot be reached. Check the connection, then try again.';
  return new ApiError(message, 0, 'network', { cause });
}

async function readBody(response: Response, signal: AbortSignal): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    if (signal.aborted) throw cause;
    return null;
  }
}

/** What the service said when it did not do what it was asked. */
export function refusalOf(status: number, body: unknown): ApiError {
  const parsed = errorSchema.safeParse(body);
  if (parsed.success) return new ApiError(parsed.data.error.message, status, parsed.data.error.code);
  const message =
    status === 503
      ? 'The service is starting.'
      : `The service answered with an error (${status}). Try again in a moment.`;
  return new ApiError(message, status, 'http');
}
