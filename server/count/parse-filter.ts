import { InputError } from '../errors.ts';
import {
  type AreaReference,
  type DateRange,
  type Day,
  daySchema,
  type Filter,
  type FilterQuery,
  undatedVintage,
  vintageWords,
  type Weekday,
  weekdayNames,
} from '../model.ts';

/** The names a filter may use; about areas it may be asked for any layer, code and day. */
export type KnownNames = {
  readonly categories: ReadonlySet<string>;
  readonly flags: ReadonlySet<string>;
  /** Whether a layer, or with null any layer, holds the vintage of a day. */
  hasVintage(layer: string | null, validFrom: Day | null): boolean;
  /** The newest vintage that has an area, and whether one of a day has it. */
  findArea(reference: AreaReference): { readonly newest: Day | null; inVintage(validFrom: Day | null): boolean } | null;
};

/** A list this long is no filter a person made; it would only keep the service busy. */
const longestList = 500;

/** Far beyond anything held, and near enough that periods before it still have years of four digits. */
const earliestDay = '1900-01-01';
const latestDay = '2199-12-31';

/** Gives a query string's parameters their meaning; throws an `InputError` that names each value it cannot use. */
export function parseFilter(query: FilterQuery, known: KnownNames): Filter {
  const filter: { -readonly [Name in keyof Filter]: Filter[Name] } = {};
  if (query.categories !== undefined) filter.categories = parseCategories(query.categories, known);
  if (query.flags !== undefined) filter.flags = parseFlags(query.flags, known);
  if (query.from !== undefined) filter.from = parseDay('from', query.from);
  if (query.to !== undefined) filter.to = parseDay('to', query.to);
  if (query.hours !== undefined) filter.hours = parseHours(query.hours);
  if (query.weekdays !== undefined) filter.weekdays = parseWeekdays(query.weekdays);
  const vintage = query.vintage === undefined ? undefined : parseVintage(query.vintage, known);
  if (query.area !== undefined) filter.areas = parseAreas(query.area, vintage, known);
  if (query.compare !== undefined) filter.compare = parseCompare(query.compare);
  refuseReversed('from', filter.from, filter.to);
  return filter;
}

/** The same text for filters that mean the same: the heart of every cache key. */
export function filterKey(filter: Filter): string {
  const { categories, flags, from, to, hours, weekdays, areas, compare } = filter;
  return JSON.stringify([categories, flags && [flags.has, flags.lacks], from, to, hours, weekdays, areas, compare]);
}

function items(name: string, text: string): string[] {
  const list = [...new Set(text.split(',').map((item) => item.trim()))];
  if (list.includes('')) throw new InputError(`${name}: an empty name in "${text}"; leave ${name} out to take all`);
  if (list.length > longestList)
    throw new InputError(`${name}: ${list.length} names; at most ${longestList} are taken`);
  return list.sort();
}

function refuseUnknown(name: string, value: string, known: boolean, remedy: string): void {
  if (!known)
    throw new InputError(`${name}: there is no "${value}"; ${remedy}`, { details: { parameter: name, value } });
}

function parseCategories(text: string, known: KnownNames): string[] {
  const codes = items('categories', text);
  for (const code of codes)
    refuseUnknown('categories', code, known.categories.has(code), '/api/catalog lists the codes');
  // a code takes all below it, so those below it add nothing
  return codes.filter((code) => !codes.some((other) => code.startsWith(`${other}.`)));
}

function parseFlags(text: string, known: KnownNames): NonNullable<Filter['flags']> {
  const flags = items('flags', text);
  const lacks = flags.filter((flag) => flag.startsWith('-')).map((flag) => flag.slice(1));
  const has = flags.filter((flag) => !flag.startsWith('-'));
  for (const flag of [...has, ...lacks])
    refuseUnknown('flags', flag, known.flags.has(flag), '/api/catalog lists the flags');
  const both = has.find((flag) => lacks.includes(flag));
  if (both) throw new InputError(`flags: "${both}" is both wanted and not wanted; leave one out`);
  return { has, lacks };
}

function parseDay(name: string, text: string): Day {
  const parsed = daySchema.safeParse(text);
  if (!parsed.success) throw new InputError(`${name}: "${text}" is not a day of the calendar; write it as 2023-01-31`);
  if (text < earliestDay || text > latestDay) {
    throw new InputError(`${name}: ${text} is out of reach; days from ${earliestDay} to ${latestDay} are taken`);
  }
  return parsed.data;
}

function refuseReversed(name: string, from: Day | undefined, to: Day | undefined): void {
  if (from !== undefined && to !== undefined && from > to) {
    throw new InputError(`${name}: the range ${from} to ${to} is reversed; put the earlier day first`);
  }
}

function parseHours(text: string): number[] {
  const hours = items('hours', text).flatMap((item) => {
    const match = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(item);
    const first = Number(match?.[1]);
    const last = Number(match?.[2] ?? match?.[1]);
    if (!match || first > 23 || last > 23)
      throw new InputError(`hours: "${item}" is not an hour or a range of hours, 0 to 23`);
    if (first > last) {
      throw new InputError(
        `hours: the range ${item} is reversed; for a range over midnight write ${first}-23,0-${last}`,
      );
    }
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  return [...new Set(hours)].sort((a, b) => a - b);
}

function parseWeekdays(text: string): Weekday[] {
  const names = new Set(items('weekdays', text));
  for (const name of names) {
    refuseUnknown(
      'weekdays',
      name,
      (weekdayNames as readonly string[]).includes(name),
      `use ${weekdayNames.join(', ')}`,
    );
  }
  return weekdayNames.filter((name) => names.has(name));
}

/** The day of a vintage; null is the one of which the day is not known. */
function parseVintage(text: string, known: KnownNames): Day | null {
  const validFrom = text === undatedVintage ? null : text;
  refuseUnknown('vintage', text, known.hasVintage(null, validFrom), '/api/catalog lists the vintages held');
  return validFrom;
}

function parseAreas(text: string, vintage: Day | null | undefined, known: KnownNames): AreaReference[] {
  return items('area', text).map((item) => {
    const colon = item.indexOf(':');
    if (colon < 1 || colon === item.length - 1) {
      throw new InputError(`area: "${item}" is not layer:code, such as ward:E05013049`);
    }
    const reference = { layer: item.slice(0, colon), code: item.slice(colon + 1) };
    const found = known.findArea(reference);
    refuseUnknown('area', item, found !== null, '/api/catalog lists the areas held');
    // a vintage of another layer says nothing of this one
    if (vintage === undefined || !known.hasVintage(reference.layer, vintage)) return reference;
    const words = vintageWords(reference.layer, vintage);
    refuseUnknown('area', item, found!.inVintage(vintage), `it is none of the ${words}`);
    // the newest is meant anyway: one filter, one text of it
    return found!.newest === vintage ? reference : { ...reference, validFrom: vintage };
  });
}

function parseCompare(text: string): NonNullable<Filter['compare']> {
  if (text === 'previous-year' || text === 'previous-period') return text;
  const [from, to, more] = text.split('..');
  if (from === undefined || to === undefined || more !== undefined) {
    throw new InputError(
      `compare: "${text}" is not previous-year, previous-period or a range such as 2022-01-01..2022-12-31`,
    );
  }
  const range: DateRange = { from: parseDay('compare', from), to: parseDay('compare', to) };
  refuseReversed('compare', range.from, range.to);
  return range;
}
