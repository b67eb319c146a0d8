import { dayNumber } from '../../server/count/calendar.ts';
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

/** For each filter the loop that one writes by hand for just that question: one core, only the columns it needs. */
export function bareLoops({ categories, wards }: Numbers): Record<FilterName, Loop> {
  const number = (code: string) => categories.get(code)!;
  const violence = number('violence.violence-and-sexual-offences');
  const antisocial = number('asb.anti-social-behaviour');
  const damage = number('crime.criminal-damage-and-arson');
  const burglary = number('crime.burglary');
  const drugs = number('crime.drugs');
  const oneWard = wards.get('E05013049')!;
  return {
    'violence in one ward, one month, at night': ({ ward, category, day, hourOfWeek }, cell, counts) => {
      const [first, last] = [dayNumber('2021-07-01'), dayNumber('2021-07-31')];
      for (let row = 0; row < cell.length; row++) {
        if (ward[row] !== oneWard || category[row] !== violence) continue;
        if (day[row]! >= first && day[row]! <= last && night[hourOfWeek[row]!] === 1) counts[cell[row]!]!++;
      }
    },
    'one ward': ({ ward }, cell, counts) => {
      for (let row = 0; row < cell.length; row++) if (ward[row] === oneWard) counts[cell[row]!]!++;
    },
    'burglary in one week': ({ category, day }, cell, counts) => {
      const [first, last] = [dayNumber('2021-11-01'), dayNumber('2021-11-07')];
      for (let row = 0; row < cell.length; row++) {
        if (category[row] === burglary && day[row]! >= first && day[row]! <= last) counts[cell[row]!]!++;
      }
    },
    'drugs in one month': ({ category, day }, cell, counts) => {
      const [first, last] = [dayNumber('2021-10-01'), dayNumber('2021-10-31')];
      for (let row = 0; row < cell.length; row++) {
        if (category[row] === drugs && day[row]! >= first && day[row]! <= last) counts[cell[row]!]!++;
      }
    },
    'antisocial behaviour and damage in three months': ({ category, day }, cell, counts) => {
      const [first, last] = [dayNumber('2021-06-01'), dayNumber('2021-08-31')];
      for (let row = 0; row < cell.length; row++) {
        if (day[row]! < first || day[row]! > last) continue;
        if (category[row] === antisocial || category[row] === damage) counts[cell[row]!]!++;
      }
    },
    'violence on weekend nights': ({ category, hourOfWeek }, cell, counts) => {
      for (let row = 0; row < cell.length; row++) {
        if (weekendNight[hourOfWeek[row]!] === 1 && category[row] === violence) counts[cell[row]!]!++;
      }
    },
    'one month': ({ day }, cell, counts) => {
      const [first, last] = [dayNumber('2021-09-01'), dayNumber('2021-09-30')];
      for (let row = 0; row < cell.length; row++) {
        if (day[row]! >= first && day[row]! <= last) counts[cell[row]!]!++;
      }
    },
    // where about every other row passes, adding 0 or 1 is quicker than a branch that is often guessed wrong
    'school days from 15 to 18 hours': ({ hourOfWeek }, cell, counts) => {
      for (let row = 0; row < cell.length; row++) counts[cell[row]!]! += afterSchool[hourOfWeek[row]!]!;
    },
    violence: ({ category }, cell, counts) => {
      for (let row = 0; row < cell.length; row++) counts[cell[row]!]! += category[row] === violence ? 1 : 0;
    },
    'evenings from 18 to 23 hours': ({ hourOfWeek }, cell, counts) => {
      for (let row = 0; row < cell.length; row++) counts[cell[row]!]! += evening[hourOfWeek[row]!]!;
    },
    'a year': ({ day }, cell, counts) => {
      const [first, last] = [dayNumber('2021-04-01'), dayNumber('2022-03-31')];
      for (let row = 0; row < cell.length; row++) {
        if (day[row]! >= first && day[row]! <= last) counts[cell[row]!]!++;
      }
    },
    everything: (_, cell, counts) => {
      for (let row = 0; row < cell.length; row++) counts[cell[row]!]!++;
    },
  };
}
