/** What figures of areas would keep quiet about: boundaries change, and a trend must not change with them. */
import type { AreaLayer } from '../count/columns.ts';
import { vintageOf } from '../count/vintage-of.ts';
import { type AreaReference, type DateRange, type Day, type Filter, vintageWords } from '../model.ts';
import { dateExtent, earlierPeriod } from './count-filter.ts';
import type { Holdings } from './load-holdings.ts';
import { longDay, some, whole } from './wording.ts';

/** The days that figures are counted over, and those they are compared with. */
export type CountedPeriods = { readonly current: DateRange; readonly previous: DateRange | null };

/** The days that a filter counts over and compares with; null without any data. */
export function periodsOf(holdings: Holdings, filter: Filter): CountedPeriods | null {
  const extent = dateExtent(holdings);
  if (!extent) return null;
  const current = { from: filter.from ?? extent.from, to: filter.to ?? extent.to };
  return { current, previous: earlierPeriod(holdings, filter) };
}

/** The sentences that go with figures counted in some vintages of areas, and under a filter on areas. */
export function vintageNotes(
  holdings: Holdings,
  { areas = [] }: Filter,
  periods: CountedPeriods | null,
  countedIn: readonly AreaLayer[] = [],
): string[] {
  const meant = areas.flatMap((area) => vintageOf(holdings.columns, area) ?? []);
  const vintages = [...new Set([...countedIn, ...meant])];
  return [
    ...(periods ? vintages.flatMap((vintage) => periodNotes(holdings, vintage, periods)) : []),
    ...ambiguityNotes(holdings, areas),
  ];
}

/** Incidents known only by the name of an area, which no area of the vintage has: they are in none of its figures. */
export function unmatchedNotes({ layer, validFrom }: AreaLayer, unmatched: number): string[] {
  if (unmatched === 0) return [];
  const words = vintageWords(layer, validFrom);
  const subject = unmatched === 1 ? '1 incident is' : `${whole(unmatched)} incidents are`;
  return [`${subject} known only by the name of an area that none of the ${words} has: counted in none of them.`];
}

/** Periods that lie before a vintage, or after it. */
function periodNotes({ columns }: Holdings, vintage: AreaLayer, { current, previous }: CountedPeriods): string[] {
  const { layer, validFrom } = vintage;
  const words = vintageWords(layer, validFrom);
  const counted = previous ? 'Both periods are counted' : 'All is counted';
  if (validFrom === null) {
    return previous ? [`${counted} on the ${words}: from when these boundaries hold is not known.`] : [];
  }
  const first = previous && previous.from < current.from ? previous.from : current.from;
  const last = previous && previous.to > current.to ? previous.to : current.to;
  const siblings = columns.layers.filter((other) => other.layer === layer && other.validFrom !== null);
  const before = siblings.findLast((other) => other.validFrom! < validFrom);
  const after = siblings.find((other) => other.validFrom! > validFrom && other.validFrom! <= last);
  return [
    ...(first < validFrom
      ? [`${counted} on the ${words}; before ${longDay(validFrom)} ${formerly(before, first)}.`]
      : []),
    ...(after
      ? [
          `${counted} on the ${words}, which the ${vintageWords(layer, after.validFrom)} replaced on ${longDay(after.validFrom!)}.`,
        ]
      : []),
  ];
}

/** What held before: known where the former boundaries are held, and go back to then. */
function formerly(before: AreaLayer | undefined, first: Day): string {
  if (!before) return 'other boundaries may have held';
  const words = `other boundaries held (${vintageWords(before.layer, before.validFrom)})`;
  return before.validFrom! <= first
    ? words
    : `${words}, and still others may have before ${longDay(before.validFrom!)}`;
}

/** Areas of the filter whose code means other places in another vintage. */
function ambiguityNotes(holdings: Holdings, areas: readonly AreaReference[]): string[] {
  const found = new Map<string, { readonly words: string; readonly others: Set<string>; readonly codes: string[] }>();
  for (const area of areas) {
    const meant = vintageOf(holdings.columns, area);
    if (!meant) continue;
    const others = holdings.columns.layers.filter(
      (other) => other !== meant && other.layer === area.layer && changedCodes(holdings, meant, other).has(area.code),
    );
    if (others.length === 0) continue;
    const words = vintageWords(meant.layer, meant.validFrom);
    const note = found.get(words) ?? { words, others: new Set(), codes: [] };
    for (const { layer, validFrom } of others) note.others.add(vintageWords(layer, validFrom));
    note.codes.push(area.code);
    found.set(words, note);
  }
  return [...found.values()].map(
    ({ words, others, codes }) =>
      `${some(codes)} ${codes.length === 1 ? 'has' : 'have'} other boundaries among the ${[...others].join(' and the ')}: counted here are the ${words}.`,
  );
}

const changed = new WeakMap<Holdings, Map<string, ReadonlySet<string>>>();

/** Codes that two vintages both have, but for other places of incidents. */
function changedCodes(holdings: Holdings, one: AreaLayer, other: AreaLayer): ReadonlySet<string> {
  const known = changed.get(holdings) ?? new Map<string, ReadonlySet<string>>();
  changed.set(holdings, known);
  const key = [one, other].map(({ layer, validFrom }) => `${layer} ${validFrom}`).join();
  const codes = known.get(key) ?? findChanged(holdings.columns.pointPlaces, one, other);
  known.set(key, codes);
  return codes;
}

function findChanged(pointPlaces: number, one: AreaLayer, other: AreaLayer): Set<string> {
  const inOne = new Set(one.areas.map(({ code }) => code));
  const inOther = new Set(other.areas.map(({ code }) => code));
  const codes = new Set<string>();
  for (let place = 0; place < pointPlaces; place++) {
    const first = one.areas[one.areaOfPlace[place]!]?.code;
    const second = other.areas[other.areaOfPlace[place]!]?.code;
    if (first === second) continue;
    if (first !== undefined && inOther.has(first)) codes.add(first);
    if (second !== undefined && inOne.has(second)) codes.add(second);
  }
  return codes;
}
