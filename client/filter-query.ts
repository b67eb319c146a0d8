import { type AreaReference, type Filter, isRealDay, type Weekday, weekdayNames } from '../server/model.ts';

/** The filter as the parameters of the HTTP interface, in a fixed order. */
export function filterParameters(filter: Filter): [string, string][] {
  const { categories, flags, from, to, hours, weekdays, areas, compare } = filter;
  const flagList = [...(flags?.has ?? []), ...(flags?.lacks ?? []).map((flag) => `-${flag}`)];
  const parameters: [string, string | undefined][] = [
    ['categories', categories?.join(',')],
    ['flags', flagList.join(',')],
    ['from', from],
    ['to', to],
    ['hours', hours && hoursToText(hours)],
    ['weekdays', weekdays?.join(',')],
    ['area', areas?.map(({ layer, code }) => `${layer}:${code}`).join(',')],
    ['compare', typeof compare === 'object' ? `${compare.from}..${compare.to}` : compare],
  ];
  return parameters.filter((entry): entry is [string, string] => Boolean(entry[1]));
}

/** Reads a filter from parameters; what cannot be read is left out, for a link must always open something. */
export function filterFromParameters(parameters: URLSearchParams): Filter {
  const flags = list(parameters.get('flags'));
  const [from, to] = [day(parameters.get('from')), day(parameters.get('to'))];
  return normaliseFilter({
    categories: list(parameters.get('categories')),
    flags: {
      has: flags.filter((flag) => !flag.startsWith('-')),
      lacks: flags.filter((flag) => flag.startsWith('-')).map((flag) => flag.slice(1)),
    },
    ...(from && to && from > to ? {} : { ...(from && { from }), ...(to && { to }) }),
    hours: hoursFromText(parameters.get('hours') ?? ''),
    weekdays: list(parameters.get('weekdays')).filter(isWeekday),
    areas: list(parameters.get('area')).flatMap(areaReference),
    ...compareFromText(parameters.get('compare')),
  });
}

/** The one form of a filter: sorted, without repeats, without empty lists. */
export function normaliseFilter(filter: Filter): Filter {
  const categories = unique(filter.categories);
  const has = unique(filter.flags?.has);
  const lacks = unique(filter.flags?.lacks).filter((flag) => !has.includes(flag));
  const hours = unique(filter.hours).sort((a, b) => a - b);
  const weekdays = weekdayNames.filter((name) => filter.weekdays?.includes(name));
  const areas = uniqueAreas(filter.areas ?? []);
  return {
    ...(categories.length > 0 && { categories }),
    ...(has.length + lacks.length > 0 && { flags: { has, lacks } }),
    ...(filter.from && { from: filter.from }),
    ...(filter.to && { to: filter.to }),
    ...(hours.length > 0 && hours.length < 24 && { hours }),
    ...(weekdays.length > 0 && weekdays.length < 7 && { weekdays }),
    ...(areas.length > 0 && { areas }),
    ...(filter.compare && { compare: filter.compare }),
  };
}

/** A query string that keeps commas and colons readable. */
export function queryText(parameters: readonly (readonly [string, string])[]): string {
  const readable = (text: string) => encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':');
  return parameters.map(([key, value]) => `${key}=${readable(value)}`).join('&');
}

/** Hours as inclusive ranges: `[0, 1, 2, 22, 23]` is `0-2,22-23`. */
export function hoursToText(hours: readonly number[]): string {
  return hourRanges(hours)
    .map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`))
    .join(',');
}

/** Inclusive runs of ascending hours. */
export function hourRanges(hours: readonly number[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const hour of hours) {
    const last = ranges.at(-1);
    if (last && last[1] === hour - 1) last[1] = hour;
    else ranges.push([hour, hour]);
  }
  return ranges;
}

function hoursFromText(text: string): number[] {
  return list(text).flatMap((part) => {
    const match = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(part);
    if (!match) return [];
    const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])];
    if (first > 23 || last > 23) return [];
    // 22-3 runs over midnight.
    const length = ((last - first + 24) % 24) + 1;
    return Array.from({ length }, (_, index) => (first + index) % 24);
  });
}

function compareFromText(text: string | null): Pick<Filter, 'compare'> {
  if (text === null) return { compare: 'previous-year' };
  if (text === 'previous-year' || text === 'previous-period') return { compare: text };
  const [from, to] = text.split('..').map((part) => day(part));
  return from && to && from <= to ? { compare: { from, to } } : {};
}

function areaReference(text: string): AreaReference[] {
  const at = text.indexOf(':');
  return at > 0 && at < text.length - 1 ? [{ layer: text.slice(0, at), code: text.slice(at + 1) }] : [];
}

function list(text: string | null): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}

function day(text: string | null | undefined): string | undefined {
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) && isRealDay(text) ? text : undefined;
}

function isWeekday(text: string): text is Weekday {
  return (weekdayNames as readonly string[]).includes(text);
}

function unique<T>(items: readonly T[] | undefined): T[] {
  return [...new Set(items ?? [])].sort();
}

function uniqueAreas(areas: readonly AreaReference[]): AreaReference[] {
  const byText = new Map(areas.map((area) => [`${area.layer}:${area.code}`, area]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, area]) => area);
}
