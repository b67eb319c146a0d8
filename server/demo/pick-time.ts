import { getOrSet } from './get-or-set.ts';
import type { Rhythm, Slot } from './read-demo-data.ts';
import { cumulate, drawIndex, type Random } from './seeded-random.ts';

/** When an incident happened, as local civil time; `occurredTo` is empty when the moment is known. */
export type DemoTime = { readonly occurredFrom: string; readonly occurredTo: string };

/** Hours before this belong to the night of the day before. */
const endOfNight = 5;

/** Makes a picker of times that follow a rhythm and never leave their stretch of time. */
export function createTimePicker(random: Random): (slot: Slot, rhythm: Rhythm) => DemoTime {
  const dayWeights = new Map<Slot, Map<Rhythm, readonly number[]>>();
  const hourWeights = new Map<Rhythm, readonly number[]>();
  return (slot, rhythm) => {
    const byRhythm = getOrSet(dayWeights, slot, () => new Map());
    const days = getOrSet(byRhythm, rhythm, () => cumulate(weighDays(slot, rhythm)));
    const day = dayOf(slot.from) + drawIndex(days, random);
    const hour = drawIndex(
      getOrSet(hourWeights, rhythm, () => cumulate(rhythm.hours)),
      random,
    );
    if (rhythm.range) return pickRange(slot, day, hour, rhythm.range, random);
    return pickMoment(slot, day, hour, random);
  };
}

function weighDays(slot: Slot, rhythm: Rhythm): number[] {
  const first = dayOf(slot.from);
  const weekday = (new Date(`${slot.from}T00:00:00Z`).getUTCDay() + 6) % 7;
  return Array.from({ length: dayOf(slot.to) - first + 1 }, (_, index) => {
    const special = rhythm.days[stamp(slot, first + index).slice(5)] ?? 1;
    return (rhythm.weekdays[(weekday + index) % 7] as number) * special;
  });
}

function pickMoment(slot: Slot, day: number, hour: number, random: Random): DemoTime {
  const isAfterMidnight = hour < endOfNight;
  // The night after the last day belongs to the next stretch of time, whose counts are its own.
  if (isAfterMidnight && day === dayOf(slot.to)) return at(slot, day, 23, random);
  return at(slot, isAfterMidnight ? day + 1 : day, hour, random);
}

function at(slot: Slot, day: number, hour: number, random: Random): DemoTime {
  return { occurredFrom: `${stamp(slot, day)}T${clock(hour, random)}`, occurredTo: '' };
}

/** Nobody saw it: between the evening and the next morning, or while people were at work. */
function pickRange(slot: Slot, day: number, hour: number, range: string, random: Random): DemoTime {
  const isOvernight = range === 'overnight' && day < dayOf(slot.to);
  const start = range === 'overnight' && !isOvernight ? 8 : hour;
  const end = isOvernight ? 6 + Math.floor(random() * 4) : 15 + Math.floor(random() * 4);
  return {
    occurredFrom: `${stamp(slot, day)}T${clock(start, random)}`,
    occurredTo: `${stamp(slot, isOvernight ? day + 1 : day)}T${clock(end, random)}`,
  };
}

/** People round: seven in ten times are to five minutes. */
function clock(hour: number, random: Random): string {
  const minute = random() < 0.7 ? Math.floor(random() * 12) * 5 : Math.floor(random() * 60);
  return `${twoDigits(hour)}:${twoDigits(minute)}`;
}

/** Every stretch of time lies within one month. */
function stamp(slot: Slot, day: number): string {
  return `${slot.from.slice(0, 8)}${twoDigits(day)}`;
}

function dayOf(day: string): number {
  return Number(day.slice(8));
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
