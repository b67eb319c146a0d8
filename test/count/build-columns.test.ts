import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BuiltColumns, buildColumns } from '../../server/count/build-columns.ts';
import { addMonths, dayNumber } from '../../server/count/calendar.ts';
import { buildCellIndex, type CellIndex, cellOfKey } from '../../server/count/cell-index.ts';
import { textAt } from '../../server/count/columns.ts';
import { compileFilter } from '../../server/count/compile-filter.ts';
import { tallyDailyCodes } from '../../server/count/daily-codes.ts';
import { sumByCategory, sumByFlag, sumByMonth, sumBySlot } from '../../server/count/sums.ts';
import { weekHours } from '../../server/count/week-hours.ts';
import type { Filter } from '../../server/model.ts';
import { packer, type SimpleIncident } from '../helpers/columns.ts';
import { countAreas, countIncidents } from '../helpers/count-columns.ts';
import { anyFilter, anyIncident, someLayers } from '../helpers/random-incidents.ts';

const resolution = 9;
const firstOf = (day: string) => `${day.slice(0, 7)}-01`;

/** Everything that a filter can be asked for, by names that do not depend on the order in which things were met. */
function answers({ columns, cellIndexes }: BuiltColumns, filter: Filter) {
  const compiled = compileFilter(columns, filter);
  const counts = countIncidents(columns, compiled);
  const places = [...counts.byAnyPlace].flatMap((count, place) =>
    count === 0 ? [] : [[textAt(columns.places.locations, columns.places.locationOf[place]!), count] as const],
  );
  return {
    total: counts.total,
    places: Object.fromEntries(places),
    categories: Object.fromEntries(sumByCategory(columns, counts)),
    flags: Object.fromEntries(sumByFlag(columns, counts)),
    months: [...sumByMonth(columns, counts)],
    slots: [...sumBySlot(columns, counts)],
    hours: [...weekHours(columns, compiled, counts)].map((hours) => hours.toFixed(9)),
    daily: compiled.places ? null : tallyDailyCodes(columns, compiled).total,
    areas: columns.layers.map((layer) => [...countAreas(columns, compiled, layer).inside]),
    days: [columns.firstDay, columns.lastDay],
    cells: cellIndexes.map((index) => Array.from(index.cellOfPlace, (cell) => cellName(index, cell))),
  };
}

const cellName = ({ keys }: CellIndex, cell: number) =>
  cell === keys.length ? null : cellOfKey(keys[cell]!, resolution);

/** Incidents of the months that a change touches, and the range of those months. */
function changed(before: readonly SimpleIncident[], after: readonly SimpleIncident[]) {
  const days = [...before, ...after]
    .filter((one) => !(before.includes(one) && after.includes(one)))
    .map(({ day }) => day);
  if (days.length === 0) return { replaced: null, fresh: [] };
  const [first, last] = [
    firstOf(days.reduce((a, b) => (a < b ? a : b))),
    firstOf(days.reduce((a, b) => (a > b ? a : b))),
  ];
  const end = addMonths(last, 1);
  return {
    replaced: { firstDay: dayNumber(first), lastDay: dayNumber(end) - 1 },
    fresh: after.filter(({ day }) => day >= first && day < end),
  };
}

describe('building columns', () => {
  it('comes to the same by going on from former columns as by building them anew', () =>
    fc.assert(
      fc.property(
        fc.array(anyIncident, { maxLength: 40 }),
        fc.array(anyIncident, { maxLength: 15 }),
        fc.array(fc.nat({ max: 39 }), { maxLength: 5 }),
        anyFilter,
        (before, added, removed, filter) => {
          const after = [...before.filter((_, at) => !removed.includes(at)), ...added];
          const pack = packer(someLayers);
          const former = buildColumns(pack(before), null);
          const index = buildCellIndex(former.columns.places, resolution);
          const { replaced, fresh } = changed(before, after);
          const grown = buildColumns(pack(fresh), {
            columns: former.columns,
            replaced,
            areasChanged: false,
            cellIndexes: [index],
          });
          const anew = buildColumns(packer(someLayers)([...before, ...after]), null);
          // the places of what was removed are still held: they are in `anew` too, without the incidents
          const other = buildColumns(packer(someLayers)(after), null);
          const found = answers(grown, filter);
          const expected = answers(other, filter);
          expect({ ...found, cells: [] }).toEqual({ ...expected, cells: [] });
          expect(found.cells).toEqual([
            Array.from(buildCellIndex(anew.columns.places, resolution).cellOfPlace, (cell) =>
              cellName(buildCellIndex(anew.columns.places, resolution), cell),
            ),
          ]);
        },
      ),
      { numRuns: 200 },
    ));
});
