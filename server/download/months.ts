import { InputError } from '../errors.ts';

const pattern = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** A month as the number of months since the year 0; throws unless it is written as 2024-01. */
export function monthNumber(text: string, name: string): number {
  const match = pattern.exec(text);
  if (!match) throw new InputError(`${name}: "${text}" is not a month; write it as 2024-01`);
  return Number(match[1]) * 12 + Number(match[2]) - 1;
}

/** The month of a number, as 2024-01. */
export function monthText(number: number): string {
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
}

/** Months in words, runs of them joined: "2024-01 to 2024-03, 2024-06". */
export function monthsInWords(months: readonly string[]): string {
  const runs: [string, string][] = [];
  for (const month of [...months].sort()) {
    const last = runs.at(-1);
    if (last && monthNumber(last[1], '') + 1 === monthNumber(month, '')) last[1] = month;
    else runs.push([month, month]);
  }
  return runs.map(([from, to]) => (from === to ? from : `${from} to ${to}`)).join(', ');
}
