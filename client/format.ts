import { hourRanges } from './filter-query.ts';

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const integers = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const minus = '\u2212';

/** A whole number with thousands separators: `12,345`. */
export function formatCount(count: number): string {
  return integers.format(count);
}

/** `1 incident`, `12,345 incidents`. */
export function formatIncidents(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'incident' : 'incidents'}`;
}

/** A weight that need not be whole: `3`, `3.4`. */
export function formatWeight(weight: number): string {
  return Number.isInteger(weight) || weight >= 100 ? formatCount(weight) : oneDecimal.format(weight);
}

/** A difference with its sign: `+12`, `−3`, `0`. */
export function formatChange(change: number): string {
  if (change === 0) return '0';
  return `${change > 0 ? '+' : minus}${formatCount(Math.abs(change))}`;
}

/** A signed percentage, one decimal below ten: `+17%`, `−3.2%`. */
export function formatPercentChange(percent: number): string {
  const size = Math.abs(percent);
  const text = size < 10 ? oneDecimal.format(size) : integers.format(size);
  if (Number(text.replaceAll(',', '')) === 0) return '0%';
  return `${percent > 0 ? '+' : minus}${text}%`;
}

/** A part of a whole: `4.1%`, `less than 0.1%`. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0%';
  const percent = (100 * part) / whole;
  return percent < 0.1 ? 'less than 0.1%' : `${oneDecimal.format(percent)}%`;
}

/** A value of p or q as one reads it: `q = 0.0003`, `p = 0.21`, `q < 0.0001`. */
export function formatProbability(letter: 'p' | 'q', value: number | null | undefined): string {
  if (value === null || value === undefined) return `${letter} not defined`;
  return value < 0.0001 ? `${letter} < 0.0001` : `${letter} = ${probabilityDigits(value)}`;
}

/** The same without its letter, for the column of a table. */
export function formatProbabilityValue(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return value < 0.0001 ? '<0.0001' : probabilityDigits(value);
}

function probabilityDigits(value: number): string {
  if (value < 0.001) return value.toFixed(4);
  return value < 0.1 ? value.toFixed(3) : value.toFixed(2);
}

/** A standard score with one decimal and a true minus: `6.2`, `−1.4`. */
export function formatZ(z: number | null | undefined): string {
  return z === null || z === undefined ? '–' : oneDecimal.format(z).replace('-', minus);
}

/** A density to a sensible number of figures: `4,270`, `36`, `0.4`. */
export function formatDensity(density: number): string {
  return density >= 10 || density === 0 ? formatCount(density) : String(Number(density.toPrecision(2)));
}

/** A day the British way: `12 September 2018`. */
export function formatDay(day: string): string {
  const [year, month, date] = day.split('-');
  return `${Number(date)} ${monthNames[Number(month) - 1]} ${year}`;
}

/** A month: `September 2018`. */
export function formatMonth(month: string): string {
  return `${monthNames[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`;
}

/** A range of days in the shortest plain form: `2018`, `September 2018`, `1 July to 30 September 2018`. */
export function formatDays(from: string, to: string): string {
  if (from === to) return formatDay(from);
  if (from.endsWith('-01-01') && to === `${from.slice(0, 4)}-12-31`) return from.slice(0, 4);
  if (from.endsWith('-01') && from.slice(0, 7) === to.slice(0, 7) && to === lastDayOf(to.slice(0, 7)))
    return formatMonth(from);
  const start = from.slice(0, 4) === to.slice(0, 4) ? formatDay(from).replace(/ \d{4}$/, '') : formatDay(from);
  return `${start} to ${formatDay(to)}`;
}

/** An open or closed range of days as a phrase. */
export function formatRange(from: string | undefined, to: string | undefined): string {
  if (from && to) return formatDays(from, to);
  if (from) return `From ${formatDay(from)}`;
  return to ? `Up to ${formatDay(to)}` : 'All dates';
}

/** Hours of the day as clock ranges, joined over midnight: `18:00 to 04:00`. */
export function formatHours(hours: readonly number[]): string {
  const ranges = hourRanges(hours);
  const [first, last] = [ranges[0], ranges.at(-1)];
  if (first && last && ranges.length > 1 && first[0] === 0 && last[1] === 23) {
    ranges.pop();
    ranges.shift();
    ranges.push([last[0], first[1]]);
  }
  return ranges.map(([start, end]) => `${clock(start)} to ${clock((end + 1) % 24)}`).join(', ');
}

/** An hour on the clock: `04:00`. */
export function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

/** An area in square kilometres, or hectares where they read better. */
export function formatArea(squareKilometres: number): string {
  if (squareKilometres >= 10) return `${formatCount(squareKilometres)} km²`;
  if (squareKilometres >= 0.05) return `${Number(squareKilometres.toPrecision(squareKilometres < 1 ? 1 : 2))} km²`;
  return `${Number((squareKilometres * 100).toPrecision(2))} hectares`;
}

/** A length in metres or kilometres, rounded as one would say it. */
export function formatLength(metres: number): string {
  return metres < 1000 ? `${Math.round(metres / 10) * 10} m` : `${oneDecimal.format(metres / 1000)} km`;
}

/** The last day of a month. */
export function lastDayOf(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return `${month}-${String(new Date(Date.UTC(year, number, 0)).getUTCDate()).padStart(2, '0')}`;
}
