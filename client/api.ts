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
  const response = await fetchOrExplain(url, 'application/json', signal);
  const body = await readBody(response, signal);
  if (!response.ok) throw refusal(response, body);
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
  const response = await fetchOrExplain(url, type, signal);
  if (!response.ok) throw refusal(response, await readBody(response, signal));
  return { bytes: new Uint8Array(await response.arrayBuffer()), headers: response.headers };
}

async function fetchOrExplain(url: string, type: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { signal, headers: { accept: type } });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new ApiError('The service cannot be reached. Check the connection, then try again.', 0, 'network', { cause });
  }
}

async function readBody(response: Response, signal: AbortSignal): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    if (signal.aborted) throw cause;
    return null;
  }
}

function refusal(response: Response, body: unknown): ApiError {
  const parsed = errorSchema.safeParse(body);
  if (parsed.success) return new ApiError(parsed.data.error.message, response.status, parsed.data.error.code);
  const message =
    response.status === 503
      ? 'The service is starting.'
      : `The service answered with an error (${response.status}). Try again in a moment.`;
  return new ApiError(message, response.status, 'http');
}
