import { batch, computed, effect, signal, untracked } from '@preact/signals';
import type { Filter } from '../../server/model.ts';
import type { CountedCells } from '../cells/cell-values.ts';
import { readCounts } from '../cells/read-cells.ts';
import { catalogData, cells, countsUrl, resolution } from '../data.ts';
import { filterParameters, queryText } from '../filter-query.ts';
import type { CountClass } from '../map/class-breaks.ts';
import { mediaSignal } from '../media-signal.ts';
import { navigate, view } from '../state.ts';
import { commonClasses, fewAtATime, filterOfMonth, monthsToPlay, nextDue } from './month-steps.ts';

/** One month's counts, and where they came from. */
export type Frame = { readonly values: CountedCells; readonly url: string };

/** Months that are played one after the other on the map. */
export type Player = {
  readonly months: readonly string[];
  /** The filter it began with, and ends with. */
  readonly base: Filter;
  readonly index: number;
  readonly phase: 'playing' | 'paused' | 'ending';
  /** A frame a month, and the classes they share; null until all are here. */
  readonly pictures: { readonly frames: readonly Frame[]; readonly classes: readonly CountClass[] } | null;
  readonly problem: string | null;
};

/** What is played; null when nothing is. */
export const player = signal<Player | null>(null);
/** Months fetched so far, while they are fetched. */
export const fetched = signal(0);

/** Months a second. More than three flashes a second may harm, so ten is for those who ask for it. */
export const speeds = [1, 3, 10] as const;
const prefersStill = mediaSignal('(prefers-reduced-motion: reduce)');
const chosenSpeed = signal<number | null>(null);
export const speed = computed(() => chosenSpeed.value ?? (prefersStill.value ? 1 : 3));

const fetchedAtOnce = 4;

/** Sets how many months are shown a second. */
export function setSpeed(monthsPerSecond: number): void {
  chosenSpeed.value = monthsPerSecond;
}

/** Plays, goes on, or pauses. */
export function togglePlaying(): void {
  const now = player.peek();
  if (!now || now.phase === 'ending') start();
  else if (now.phase === 'playing') pause();
  else resume(now);
}

/** Pauses at a month; with `commit` it goes into the view, so that the figures and the link are the month's. */
export function showMonth(index: number, commit = true): void {
  const now = player.peek();
  if (!now?.pictures) return;
  const within = Math.min(now.months.length - 1, Math.max(0, index));
  const showsRange = sameFilter(view.peek().filter, now.base);
  batch(() => {
    const next = change({ index: within, phase: 'paused' });
    // One step back leads to the range, however many months were looked at.
    if (next && commit) navigate({ filter: filterOfPause(next) }, showsRange ? 'push' : 'replace');
  });
}

/** Ends, and gives the range back. The month stays on the map until the range is there. */
export function stopPlaying(): void {
  const now = player.peek();
  if (!now) return;
  batch(() => {
    change({ phase: 'ending' });
    if (!sameFilter(view.peek().filter, now.base)) navigate({ filter: now.base }, 'replace');
  });
}

function start(): void {
  const extent = catalogData.peek()?.extent;
  if (!extent) return;
  const base = view.peek().filter;
  batch(() => {
    navigate({ show: 'hexagons', measure: 'count', sheet: 'map' }, 'replace');
    player.value = {
      months: monthsToPlay(base, extent),
      base,
      index: 0,
      phase: 'playing',
      pictures: null,
      problem: null,
    };
  });
}

function pause(): void {
  const now = player.peek();
  if (now?.pictures) showMonth(now.index);
  else stopPlaying();
}

function resume(now: Player): void {
  const atEnd = now.index === now.months.length - 1;
  batch(() => {
    change({ phase: 'playing', ...(atEnd && { index: 0 }) });
    navigate({ filter: now.base }, 'replace');
  });
}

function change(part: Partial<Player>): Player | null {
  const now = player.peek();
  if (now) player.value = { ...now, ...part };
  return player.peek();
}

function filterOfPause({ base, months, index }: Player): Filter {
  const extent = catalogData.peek()?.extent;
  return extent ? filterOfMonth(base, months[index] as string, extent) : base;
}

function sameFilter(a: Filter, b: Filter): boolean {
  return queryText(filterParameters(a)) === queryText(filterParameters(b));
}

/** What the pictures of the months depend on; null while nothing is played. */
const wanted = computed(() => {
  const now = player.value;
  const extent = catalogData.value?.extent;
  if (!now || !extent) return null;
  const { compare: _, ...alone } = now.base;
  const urls = now.months.map((month) => countsUrl(filterOfMonth(alone, month, extent)));
  return `${catalogData.value?.version} ${resolution.value} ${urls.join(' ')}`;
});
const isPlaying = computed(() => player.value?.phase === 'playing' && player.value.pictures !== null);

/** Keeps the player in step with the clock, the data and the view. */
export function followPlayer(): void {
  effect(() => {
    const addresses = wanted.value?.split(' ').slice(2);
    if (!addresses) return;
    const controller = new AbortController();
    untracked(() => void fetchMonths(addresses, controller.signal));
    return () => controller.abort();
  });
  effect(() => {
    if (isPlaying.value) return untracked(() => runClock());
  });
  effect(() => {
    const { filter, show, measure } = view.value;
    untracked(() => followView(filter, show === 'hexagons' && measure === 'count'));
  });
  effect(() => {
    const { url, loading, error } = cells.state.value;
    const isThere = !loading && (error !== null || url === countsUrl(view.value.filter));
    if (isThere && player.value?.phase === 'ending') player.value = null;
  });
}

async function fetchMonths(addresses: readonly string[], signal: AbortSignal): Promise<void> {
  fetched.value = 0;
  try {
    const frames = await fewAtATime(addresses, fetchedAtOnce, async (url) => {
      const values = await readCounts(url, signal);
      if (!signal.aborted) fetched.value++;
      return { values, url };
    });
    if (signal.aborted) return;
    const classes = commonClasses(frames.map(({ values }) => values.counts));
    change({ pictures: { frames, classes }, problem: null });
  } catch (error) {
    if (!signal.aborted) change({ problem: error instanceof Error ? error.message : String(error) });
  }
}

function runClock(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = performance.now();
  const wait = () => {
    due = nextDue(due, performance.now(), 1000 / speed.peek());
    timer = setTimeout(advance, due - performance.now());
  };
  const advance = () => {
    const now = player.peek();
    if (!now) return;
    if (now.index >= now.months.length - 1) return stopPlaying();
    change({ index: now.index + 1 });
    wait();
  };
  wait();
  return () => clearTimeout(timer);
}

/** Other categories are played from here on; other dates, another measure or Back end the player. */
function followView(filter: Filter, isCount: boolean): void {
  const now = player.peek();
  if (!now || now.phase === 'ending') return;
  const expected = now.phase === 'paused' && now.pictures ? filterOfPause(now) : now.base;
  if (isCount && sameFilter(filter, expected)) return;
  const sameDates = filter.from === expected.from && filter.to === expected.to;
  if (!isCount || !sameDates) player.value = null;
  else change({ base: withDates(filter, now.base) });
}

function withDates({ from: _, to: __, ...rest }: Filter, { from, to }: Filter): Filter {
  return { ...rest, ...(from && { from }), ...(to && { to }) };
}
