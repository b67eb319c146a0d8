/** Numbers, days and lists as sentences say them. */
import { type Day, monthWords } from '../model.ts';

/** A share as `47 %`, with one decimal below ten; a thin space would break in a spreadsheet. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value >= 9.95 || value === 0 ? Math.round(value) : value.toFixed(1)} %`;
}

/** A whole number as `36,118`. */
export function whole(count: number): string {
  return Math.round(count).toLocaleString('en-GB');
}

/** A p as `p 0.012` or `p < 0.001`. */
export function pWords(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p ${p.toFixed(3)}`;
}

/** The first few of a list, and that there are more: `E1, E2, E3, E4, E5, …`. */
export function some(names: readonly string[], few = 5): string {
  return `${names.slice(0, few).join(', ')}${names.length > few ? ', …' : ''}`;
}

/** A day as one says it: `1 January 2025`. */
export function longDay(day: Day): string {
  const [year, month, date] = day.split('-');
  return `${Number(date)} ${monthWords[Number(month) - 1]} ${year}`;
}
