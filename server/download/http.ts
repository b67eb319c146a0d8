import { InputError } from '../errors.ts';
import { retryDelay } from './retry-delay.ts';

/** An answer that broke off, timed out or asks to come again: worth another try. */
export class Interrupted extends Error {
  override name = 'Interrupted';
  readonly retryAfter: string | null;

  constructor(message: string, retryAfter: string | null = null) {
    super(message);
    this.retryAfter = retryAfter;
  }
}

/** The service was asked as often as is polite and did not give a whole answer. */
export class GaveUp extends InputError {}

/** The service answered, and the answer is no (404, 403, …): asking again does not help. */
export class Refused extends InputError {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** What is asked for, made afresh for every try, since a later try may ask for less. */
export type Request = { readonly url: string; readonly headers?: Readonly<Record<string, string>> };

/** Takes an answer in; `alive` is to be called whenever bytes have come, else the answer counts as stuck. */
export type Reader<T> = (response: Response, alive: () => void) => Promise<T>;

/** A client that is polite to a public service and stubborn about its answers. */
export type Http = {
  /** Asks until `read` has taken in the whole of a good answer. Throws `Refused`, `GaveUp`, or what `read` throws. */
  ask<T>(request: () => Request, read: Reader<T>): Promise<T>;
};

/** Time, chance and limits; all have defaults. */
export type HttpOptions = {
  readonly now?: () => number;
  readonly sleep?: (milliseconds: number) => Promise<void>;
  readonly random?: () => number;
  /** How often the same thing is asked for before giving up. */
  readonly tries?: number;
  readonly requestsPerSecond?: number;
  /** An answer of which nothing comes for so long is given up as stuck. */
  readonly idleMilliseconds?: number;
  /** Told before every wait for another try: why and how long. */
  readonly onWait?: (reason: string, milliseconds: number) => void;
};

const comeAgain = new Set([408, 425, 429, 500, 502, 503, 504]);
const longestWaitMilliseconds = 10 * 60_000;
const asSeconds = (milliseconds: number) => `${(milliseconds / 1000).toLocaleString('en-GB')} s`;

/**
 * Makes a client that sends at most 15 requests a second (the limit of data.police.uk), waits as long as a 429 or 503
 * says, and else longer with every failure. It is Node's own fetch, which goes to the service directly: Node 20 knows
 * nothing of HTTP_PROXY and HTTPS_PROXY (from Node 24 on, NODE_USE_ENV_PROXY=1 makes it heed them).
 */
export function createHttp(options: HttpOptions = {}): Http {
  const settings = {
    now: Date.now,
    sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
    random: Math.random,
    tries: 6,
    requestsPerSecond: 15,
    idleMilliseconds: 60_000,
    onWait: () => {},
    ...options,
  };
  const takeTurn = turns(settings);
  return {
    async ask(request, read) {
      for (let failures = 1; ; failures++) {
        await takeTurn();
        const { url, headers } = request();
        try {
          return await once(url, headers, read, settings.idleMilliseconds);
        } catch (error) {
          const reason = whyAgain(error);
          if (reason === null) throw error;
          const retryAfter = error instanceof Interrupted ? error.retryAfter : null;
          const wait = retryDelay(failures, retryAfter, { now: settings.now(), random: settings.random });
          if (failures >= settings.tries || wait > longestWaitMilliseconds) throw gaveUp(url, reason, failures, wait);
          settings.onWait(`${new URL(url).host}: ${reason}`, wait);
          await settings.sleep(wait);
        }
      }
    },
  };
}

/** Lets requests start evenly, never more a second than allowed. */
function turns({ now, sleep, requestsPerSecond }: Required<Omit<HttpOptions, 'onWait'>>): () => Promise<void> {
  let next = Number.NEGATIVE_INFINITY;
  return async () => {
    const at = Math.max(now(), next);
    next = at + Math.ceil(1000 / requestsPerSecond);
    if (at > now()) await sleep(at - now());
  };
}

async function once<T>(url: string, headers: Request['headers'], read: Reader<T>, idle: number): Promise<T> {
  const controller = new AbortController();
  const stuck = new Interrupted(`nothing came for ${asSeconds(idle)}`);
  const timer = setTimeout(() => controller.abort(stuck), idle);
  const alive = () => void timer.refresh();
  try {
    // bytes are counted and asked for by position: they must come as they are stored
    const sent = { 'accept-encoding': 'identity', 'user-agent': 'hotspot', ...headers };
    const response = await fetch(url, { headers: sent, signal: controller.signal });
    alive();
    if (comeAgain.has(response.status)) {
      throw new Interrupted(`it answered ${response.status}`, response.headers.get('retry-after'));
    }
    if (response.status >= 400 && response.status !== 416) {
      throw new Refused(`${url} answered ${response.status} ${response.statusText}`.trim(), response.status);
    }
    return await read(response, alive);
  } finally {
    clearTimeout(timer);
    controller.abort(); // what is left of an answer is not wanted
  }
}

/** Why another try may help, or null when the fault is not the network's. */
function whyAgain(error: unknown): string | null {
  if (error instanceof Interrupted) return error.message;
  // fetch throws a TypeError with the cause for everything below HTTP; a full disk or a bug of ours is no such thing
  if (!(error instanceof TypeError) || !(error.cause instanceof Error)) return null;
  const { code } = error.cause as NodeJS.ErrnoException;
  return code ?? error.cause.message;
}

function gaveUp(url: string, reason: string, tries: number, wait: number): GaveUp {
  const host = new URL(url).host;
  if (wait > longestWaitMilliseconds) {
    return new GaveUp(`${host}: ${reason}, and asks to come back in ${asSeconds(wait)}; try again later`);
  }
  return new GaveUp(
    `${host}: ${reason}, ${tries} times in a row. Check the connection (a proxy is not used on Node 20), or try again later`,
  );
}
