import { InputError } from '../errors.ts';
import type { FlagRule, Slot, Targets, WardRule } from './read-demo-data.ts';
import { type Random, shuffled } from './seeded-random.ts';

/** An incident to be: what it is, in which stretch of time and in which ward, with no place or hour yet. */
export type PlannedIncident = {
  readonly category: string;
  readonly slot: Slot;
  flags: readonly string[];
  ward: string;
};

type Selection = Omit<WardRule, 'wards'>;
/** The incidents of one category in one stretch of time: rules look at batches, not at every incident. */
type Batch = { readonly category: string; readonly slot: Slot; readonly incidents: readonly PlannedIncident[] };

/** Whether a category is the code or lies below it. */
export function isWithin(category: string, code: string): boolean {
  return category === code || category.startsWith(`${code}.`);
}

/** Plans every incident of the targets: their counts by category and time, then flags, then wards. */
export function planIncidents(targets: Targets, random: Random): readonly PlannedIncident[] {
  const batches = targets.strata.flatMap(({ category, flags, counts }) =>
    targets.slots.map((slot, index) => {
      const length = counts[index] ?? 0;
      return { category, slot, incidents: Array.from({ length }, () => ({ category, slot, flags, ward: '' })) };
    }),
  );
  for (const rule of targets.flagRules) applyFlags(batches, rule, random);
  for (const rule of targets.wardRules) dealWards(batches, rule, random);
  const planned = batches.flatMap(({ incidents }) => incidents);
  const left = planned.find(({ ward }) => ward === '');
  if (left) throw new InputError(`data/demo/targets.json has no ward rule for ${left.category}.`);
  return planned;
}

function applyFlags(batches: readonly Batch[], rule: FlagRule, random: Random): void {
  const { categories, flags, from, count } = rule;
  const candidates = select(batches, { ...rule, flags: [] });
  if (candidates.length < count)
    throw new InputError(
      `data/demo/targets.json: ${flags} of ${categories} from ${from} wants ${count} incidents, there are ${candidates.length}.`,
    );
  for (const incident of shuffled(candidates, random).slice(0, count)) {
    incident.flags = [...incident.flags, ...flags];
  }
}

function dealWards(batches: readonly Batch[], rule: WardRule, random: Random): void {
  const waiting = select(batches, rule).filter(({ ward }) => ward === '');
  const quotas = apportion(waiting.length, Object.values(rule.wards));
  const dealt = Object.keys(rule.wards).flatMap((ward, index) => Array<string>(quotas[index] as number).fill(ward));
  shuffled(waiting, random).forEach((incident, index) => {
    incident.ward = dealt[index] as string;
  });
}

function select(batches: readonly Batch[], rule: Selection): readonly PlannedIncident[] {
  const { categories, from, to, flags, without } = rule;
  return batches
    .filter(({ slot }) => slot.from >= from && slot.to <= to)
    .filter(({ category }) => categories.some((code) => isWithin(category, code)))
    .flatMap(({ incidents }) => incidents)
    .filter(({ flags: carried }) => flags.every((flag) => carried.includes(flag)))
    .filter(({ flags: carried }) => !without.some((flag) => carried.includes(flag)));
}

/** Whole numbers in proportion to weights that add up to a total (largest remainder); the weights themselves when they do. */
export function apportion(total: number, weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((subtotal, weight) => subtotal + weight, 0);
  const exact = weights.map((weight) => (sum === 0 ? 0 : (total * weight) / sum));
  const whole = exact.map((share) => Math.floor(share + 1e-9));
  const missing = total - whole.reduce((subtotal, share) => subtotal + share, 0);
  const byRemainder = exact
    .map((share, index) => ({ index, remainder: share - (whole[index] as number) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, missing)) whole[index]! += 1;
  return whole;
}
