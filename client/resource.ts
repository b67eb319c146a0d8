import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { ZodType } from 'zod';
import { ApiError, getJson } from './api.ts';

/** What is known of an answer: the last data stay while newer ones are fetched. */
export type Loaded<T> = {
  readonly data: T | null;
  /** The URL `data` answers. */
  readonly url: string | null;
  readonly loading: boolean;
  readonly error: ApiError | null;
};

export type Resource<T> = { readonly state: ReadonlySignal<Loaded<T>>; readonly retry: () => void };

const debounceMilliseconds = 80;
const startingRetryMilliseconds = 1500;

/** Fetches what is at a URL. */
type Read<T> = (url: string, signal: AbortSignal) => Promise<T>;

/** A resource of JSON that is parsed by its schema. */
export function createResource<T>(url: () => string | null, schema: ZodType<T>): Resource<T> {
  return keepInStep(url, (target, signal) => getJson(target, schema, signal));
}

/**
 * Keeps an answer in step with a URL made from signals. A single change is asked for at once, changes in quick
 * succession become one more request; an overtaken request is aborted and its answer dropped; a service that is
 * starting is asked again.
 */
export function keepInStep<T>(url: () => string | null, read: Read<T>): Resource<T> {
  const state = signal<Loaded<T>>({ data: null, url: null, loading: false, error: null });
  const attempt = signal(0);
  // Computed, so that a change of the view which leaves the URL as it is does not ask again.
  const wanted = computed(url);
  let lastAttempt = 0;
  let lastAsked = Number.NEGATIVE_INFINITY;
  const set = (change: Partial<Loaded<T>>) => {
    state.value = { ...state.value, ...change };
  };
  effect(() => {
    const again = attempt.value !== lastAttempt;
    lastAttempt = attempt.value;
    const target = wanted.value;
    const before = untracked(() => state.value);
    if (target === null) return;
    if (target === before.url && before.error === null && !again) {
      untracked(() => set({ loading: false }));
      return;
    }
    const controller = new AbortController();
    untracked(() => set({ loading: true }));
    const now = performance.now();
    const delay = now - lastAsked > debounceMilliseconds ? 0 : debounceMilliseconds;
    lastAsked = now;
    // Before the page is drawn anew, so that the service works meanwhile.
    if (delay === 0) void load(target, controller.signal);
    const timer = delay > 0 ? setTimeout(() => void load(target, controller.signal), delay) : undefined;
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  });

  async function load(target: string, abort: AbortSignal): Promise<void> {
    try {
      const data = await read(target, abort);
      if (!abort.aborted) state.value = { data, url: target, loading: false, error: null };
    } catch (error) {
      if (!abort.aborted) fail(error, abort);
    }
  }

  function fail(cause: unknown, abort: AbortSignal): void {
    const error = cause instanceof ApiError ? cause : new ApiError(String(cause), 0, 'unknown', { cause });
    set({ loading: false, error });
    if (!error.starting) return;
    const timer = setTimeout(() => attempt.value++, startingRetryMilliseconds);
    abort.addEventListener('abort', () => clearTimeout(timer));
  }

  return { state, retry: () => void attempt.value++ };
}
