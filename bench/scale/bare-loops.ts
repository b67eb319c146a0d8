import { dayNumber } from '../../server/count/calendar.ts';
import type { Day } from '../../server/model.ts';
import type { Numbers } from './conditions.ts';
import type { FilterName } from './filters.ts';
import type { Rows } from './read-rows.ts';

/** Counts the rows that pass into `counts`, by number of the cell. */
export type Loop = (rows: Rows, cell: Uint32Array, counts: Uint32Array) => void;

/** Which hours of the week pass, 1 or 0; Monday 00:00 first. */
const night = hoursWhere((_, hour) => hour < 4 || hour >= 22);
const weekendNight = hoursWhere((weekday, hour) => (weekday === 4 || weekday === 5) && (hour < 4 || hour >= 22));
const evening = hoursWhere((_, hour) => hour >= 18);
const afterSchool = hoursWhere((weekday, hour) => weekday < 5 && hour >= 15 && hour <= 18);

function hoursWhere(passes: (weekday: number, hour: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 168 }, (_, slot) => (passes(Math.floor(slot / 24), slot % 24) ? 1 : 0));
}

function oneFor(numbers: readonly number[]): Uint8Array {
  const passes = new Uint8Array(256);
  for (const number of numbers) passes[number] = 1;
  return passes;
}

function daysFrom(from: Day, to: Day): { first: number; span: number; passes: Uint8Array } {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  return { first, span: last - first, passes: new Uint8Array(65_536).fill(1, first, last + 1) };
}

/**
 * For each filter the loop that one writes by hand for just that question: one core, only the columns it needs. Each is
 * the quickest of those tried: a branch where it is mostly guessed right (a range of days as one comparison without
 * sign), and where it is not, adding 0 or 1 out of a table.
 */
export function bareLoops({ categories, wards }: Numbers): Record<FilterName, Loop> {
  const number = (code: string) => categories.get(code)!;
  const violence = number('violence.violence-and-sexual-offences');
  const [burglary, drugs] = [number('crime.burglary'), number('crime.drugs')];
  const isViolence = oneFor([violence]);
  const isNuisance = oneFor([number('asb.anti-social-behaviour'), number('crime.criminal-damage-and-arson')]);
  const oneWard = wards.get('E05013049')!;
  return {
    'violence in one ward, one month, at night': ({ ward, category, day, hourOfWeek }, cell, counts) => {
      const { first, span } = daysFrom('2021-07-01', '2021-07-31');
      for (let row = 0; row < cell.length; row++) {
        if (ward[row] !== oneWard || category[row] !== violence) continue;
        if ((day[row]! - first) >>> 0 <= span && night[hourOfWeek[row]!] === 1) counts[cell[row]!]!++;
      }
    },
    'one ward': ({ ward }, cell, counts) => {
      for (let row = 0; row < cell.length; row++) if (ward[row] === oneWard) counts[cell[row]!]!++;
    },
    'burglary in one week': ({ category, day }, cell, counts) => {
      const { first, span } = daysFrom('2021-11-01', '2021-11-07');
      for (let row = 0; row < cell.length; row++) {
        if ((day[row]! - first) >>> 0 <= span && category[row] === burglary) counts[cell[row]!]!++;
      }
    },
    'drugs in one month': ({ category, day }, cell, counts) => {
      const { first, span } = daysFrom('2021-10-01', '2021-10-31');
      for (let row = 0; row < cell.length; row++) {
        if (category[row] === drugs && (day[row]! - first) >>> 0 <= span) counts[cell[row]!]!++;
      }
    },
    'antisocial behaviour and damage in three months': ({ category, day }, cell, counts) => {
      const { passes } = daysFrom('2021-06-01', '2021-08-31');
      for (let row = 0; row < cell.length; row++)
        counts[cell[row]!]! += isNuisance[category[row]!]! & passes[day[row]!]!;
    },
    'violence on weekend nights': ({ category, hourOfWeek }, cell, counts) => {
      for (let row = 0; row < cell.length; row++) {
        if (weekendNight[hourOfWeek[row]!] === 1 && category[row] === violence) counts[cell[row]!]!++;
      }
    },
    'one month': ({ day }, cell, counts) => {
      const { first, span } = daysFrom('2021-09-01', '2021-09-30');
      for (let row = 0; row < cell.length; row++) if ((day[row]! - first) >>> 0 <= span) counts[cell[row]!]!++;
    },
    'school days from 15 to 18 hours': ({ hourOfWeek }, cell, counts) => {
      for (let row = 0; row < cell.length; row++) counts[cell[row]!]! += afterSchool[hourOfWeek[row]!]!;
    },
    violence: ({ category }, cell, counts) => {
      for (let row = 0; row < cell.length; row++) counts[cell[row]!]! += isViolence[category[row]!]!;
    },
    'evenings from 18 to 23 hours': ({ hourOfWeek }, cell, counts) => {
      for (let row = 0; row < cell.length; row++) counts[cell[row]!]! += evening[hourOfWeek[row]!]!;
    },
    'a year': ({ day }, cell, counts) => {
      const { passes } = daysFrom('2021-04-01', '2022-03-31');
      for (let row = 0; row < cell.length; row++) counts[cell[row]!]! += passes[day[row]!]!;
    },
    everything: (_, cell, counts) => {
      for (let row = 0; row < cell.length; row++) counts[cell[row]!]!++;
    },
  };
}
