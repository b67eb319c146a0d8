import { InputError } from '../errors.ts';
import type { Slot, Targets, WardRule } from './read-demo-data.ts';
import { type Random, shuffled } from './seeded-random.ts';

/** An incident to be: what it is, in which stretch of time and in which ward, with no place or hour yet. */
export type PlannedIncident = {
  readonly category: string;
  readonly slot: Slot;
  flags: readonly string[];
  ward: string;
};

type Selection = Omit<WardRule, 'wards'>;

/** Whether a category is the code or lies below it. */
export function isWithin(category: string, code: string): boolean {
  return category === code || category.startsWith(`${code}.`);
}

/** Plans every incident of the targets: their counts by category and time, then flags, then wards. */
export function planIncidents(targets: Targets, random: Random): readonly PlannedIncident[] {
  const planned = targets.strata.flatMap(({ category, flags, counts }) =>
    targets.slots.flatMap((slot, index) =>
      Array.from({ length: counts[index] ?? 0 }, () => ({ category, slot, flags, ward: '' })),
    ),
  );
  applyFlagRules(planned, targets, random);
  dealWards(planned, targets, random);
  return planned;
}

function applyFlagRules(planned: readonly PlannedIncident[], targets: Targets, random: Random): void {
  for (const rule of targets.flagRules) {
    const candidates = select(planned, { ...rule, flags: [] });
    if (candidates.length < rule.count)
      throw new InputError(
        `data/demo/targets.json: ${rule.flags} of ${rule.categories} from ${rule.from} wants ${rule.count} incidents, there are ${candidates.length}.`,
      );
    for (const incident of shuffled(candidates, random).slice(0, rule.count)) {
      incident.flags = [...incident.flags, ...rule.flags];
    }
  }
}

function dealWards(planned: readonly PlannedIncident[], targets: Targets, random: Random): void {
  let waiting = planned;
  for (const rule of targets.wardRules) {
    const selected = shuffled(select(waiting, rule), random);
    const wards = Object.keys(rule.wards);
    const quotas = apportion(selected.length, Object.values(rule.wards));
    let next = 0;
    wards.forEach((ward, index) => {
      for (const end = next + (quotas[index] as number); next < end; next++) {
        (selected[next] as PlannedIncident).ward = ward;
      }
    });
    waiting = waiting.filter(({ ward }) => ward === '');
  }
  if (waiting[0]) throw new InputError(`data/demo/targets.json has no ward rule for ${waiting[0].category}.`);
}

function select(planned: readonly PlannedIncident[], rule: Selection): readonly PlannedIncident[] {
  const { categories, from, to, flags, without } = rule;
  const inRule = new Map<string, boolean>();
  const matches = (category: string) => {
    let known = inRule.get(category);
    if (known === undefined) {
      known = categories.some((code) => isWithin(category, code));
      inRule.set(category, known);
    }
    return known;
  };
  return planned.filter(
    ({ category, slot, flags: carried }) =>
      matches(category) &&
      slot.from >= from &&
      slot.to <= to &&
      flags.every((flag) => carried.includes(flag)) &&
      !without.some((flag) => carried.includes(flag)),
  );
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
