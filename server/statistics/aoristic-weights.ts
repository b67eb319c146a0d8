import { InputError } from '../errors.ts';
import { requirePositive } from './check-input.ts';

/** The hours of the week an incident may have happened in, Monday 00:00 first, and the share of it in each. */
export type AoristicWeights = { readonly bins: readonly number[]; readonly weights: readonly number[] };
/** Minutes from any Monday 00:00 (see `civilMinutes`); `to` is null when only one time is known. */
export type TimeSpan = { readonly from: number; readonly to: number | null; readonly weight?: number };

const hoursOfWeek = 168;
const minutesOfWeek = 10_080;

/**
 * Spreads an incident known to lie between two times over the hours of the week: each minute from `from` up to, but not
 * including, `to` has the same weight, and the weights add up to 1.
 *
 * Aoristic analysis (Ratcliffe 2002), hour 0 = Monday 00:00 to 00:59, civil time as written. No end, or an end equal to
 * the start: 1 in the start's hour. A week or longer: 1/168 in every hour. Throws InputError when the end is before the
 * start, or a time is not a whole number of minutes.
 */
export function aoristicWeights(span: TimeSpan): AoristicWeights {
  const weights = new Float64Array(hoursOfWeek);
  spread(weights, { ...span, weight: 1 });
  const bins = Array.from(weights.keys()).filter((bin) => weights[bin] !== 0);
  return { bins, weights: bins.map((bin) => weights[bin] as number) };
}

/** The aoristic weights of many incidents added up: 168 hours, Monday 00:00 first, in total the sum of their weights. */
export function aoristicProfile(spans: Iterable<TimeSpan>): Float64Array<ArrayBuffer> {
  const profile = new Float64Array(hoursOfWeek);
  for (const span of spans) spread(profile, span);
  return profile;
}

function spread(hours: Float64Array, { from, to, weight = 1 }: TimeSpan): void {
  requireMinutes(from, to);
  requirePositive('weight', weight);
  const span = to === null ? 0 : to - from;
  if (span >= minutesOfWeek) {
    for (let hour = 0; hour < hoursOfWeek; hour++) hours[hour] = (hours[hour] as number) + weight / hoursOfWeek;
    return;
  }
  const end = from + Math.max(1, span);
  const perMinute = weight / Math.max(1, span);
  for (let at = from; at < end; ) {
    const next = Math.min(end, (Math.floor(at / 60) + 1) * 60);
    const hour = Math.floor((((at % minutesOfWeek) + minutesOfWeek) % minutesOfWeek) / 60);
    hours[hour] = (hours[hour] as number) + (next - at) * perMinute;
    at = next;
  }
}

function requireMinutes(from: number, to: number | null): void {
  if (!Number.isSafeInteger(from) || (to !== null && !Number.isSafeInteger(to)))
    throw new InputError(`The incident runs from ${from} to ${to}: give whole minutes.`);
  if (to !== null && to < from)
    throw new InputError(`The incident ends ${from - to} minutes before it starts: swap or correct the two times.`);
}
