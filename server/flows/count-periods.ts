/** Passes over the columns that are made of more than one count: by period, and by weight. */
import { countedColumns, hoursPerCode } from '../count/columns.ts';
import { compileFilter } from '../count/compile-filter.ts';
import { countPeriods } from '../count/count-steps.ts';
import { isSoonPassed } from '../count/stretches.ts';
import { weighIncidents } from '../count/weigh-incidents.ts';
import type { HarmIndex } from '../import/harm-index.ts';
import type { DateRange, Filter } from '../model.ts';
import { inThread, task } from '../threads.ts';
import type { Holdings } from './load-holdings.ts';

const count = new URL('../count/', import.meta.url);
const countPeriodsTask = task<typeof countPeriods>(new URL('count-steps.ts', count), 'countPeriods', 'quick');
const weighTask = task<typeof weighIncidents>(new URL('weigh-incidents.ts', count), 'weighIncidents', 'quick');

/** Matching incidents by place for each of several periods, whatever the dates of the filter. */
export async function countByPeriod(
  { columns }: Holdings,
  filter: Filter,
  periods: readonly DateRange[],
): Promise<Uint32Array[]> {
  const { compare: _, from: __, to: ___, ...anyTime } = filter;
  if (periods.length === 0) return [];
  const from = periods.map((period) => period.from).sort()[0]!;
  const to = periods
    .map((period) => period.to)
    .sort()
    .at(-1)!;
  const compiled = compileFilter(columns, { ...anyTime, from, to });
  if (isSoonPassed(columns, compiled)) return countPeriods(columns, compiled, periods);
  return inThread(countPeriodsTask, countedColumns(columns), compiled, periods);
}

/** The harm of matching incidents by place. */
export async function weighByPlace({ columns }: Holdings, filter: Filter, harm: HarmIndex): Promise<Float64Array> {
  const { compare: _, ...plain } = filter;
  const compiled = compileFilter(columns, plain);
  const weights = columns.categories.map(harm.weightOf);
  const weightOfCode = Float64Array.from(
    { length: columns.pairs * hoursPerCode },
    (_, code) => weights[columns.pairCategory[Math.floor(code / hoursPerCode)]!]!,
  );
  if (columns.pointPlaces === 0) return new Float64Array(0);
  if (isSoonPassed(columns, compiled)) return weighIncidents(columns, compiled, weightOfCode);
  return inThread(weighTask, countedColumns(columns), compiled, weightOfCode);
}
