import { sumCells } from '../../server/flows/prepare-cells.ts';
import { median, medianMilliseconds } from '../median.ts';
import { figureText } from '../report/figure-text.ts';
import { keepSection } from '../report/results.ts';
import type { Aim, Table } from '../report/section.ts';
import { type Comparison, closeField, compare, type Field, openField } from './compare.ts';
import { filters, middleFilter } from './filters.ts';
import { resolutions } from './row-table.ts';
import { scaleDatabase, scaleObstacle } from './scale-database.ts';
import { scaleMethod } from './scale-method.ts';
import { scaleVersions } from './versions.ts';

/** Counting ten million incidents by cell under twelve filters, beside SQL, DuckDB and a bare loop. */
export async function benchScale(fresh: boolean): Promise<void> {
  const obstacle = scaleObstacle();
  if (obstacle) return console.log(`not measured: ${obstacle}`);
  const url = await scaleDatabase('10m', fresh);
  const field = await openField(url);
  const comparisons: Comparison[] = [];
  for (const filter of filters) {
    for (const resolution of resolutions) comparisons.push(await compare(field, filter, resolution));
  }
  const again = await rememberedMilliseconds(field);
  console.log(`asked again, remembered: ${again.toFixed(4)} ms`);
  await closeField(field);
  keepSection({
    name: 'scale',
    title: 'Counting ten million incidents by cell',
    aims: aims(comparisons),
    method: [quickerThanOurs(comparisons), ...scaleMethod(again)],
    tables: [ratioTable(comparisons), timeTable(comparisons)],
    versions: await scaleVersions(url),
  });
}

async function rememberedMilliseconds({ ours }: Field): Promise<number> {
  const ask = () => sumCells(ours.holdings, middleFilter.filter, 9);
  await ask();
  return medianMilliseconds(ask);
}

function aims(comparisons: readonly Comparison[]): Aim[] {
  return [
    judge(
      'than SQL',
      30,
      comparisons.map(({ sql, ours }) => sql / ours),
    ),
    judge(
      'than DuckDB',
      3,
      comparisons.map(({ duckDb, ours }) => duckDb / ours),
    ),
    judgeLoop(comparisons.map(({ ours, loop }) => ours / loop)),
  ];
}

function judge(than: string, least: number, factors: readonly number[]): Aim {
  const reached = factors.filter((factor) => factor >= least).length;
  return {
    what: `faster ${than}`,
    aim: `${least} times`,
    found: `${spread(factors)}; ${reached} of ${factors.length} reach it`,
    met: reached === factors.length,
  };
}

function judgeLoop(factors: readonly number[]): Aim {
  const within = factors.filter((factor) => factor <= 2).length;
  return {
    what: 'time of a bare loop on one core',
    aim: 'at most 2 times',
    found: `${spread(factors)}; ${within} of ${factors.length} are within it`,
    met: within === factors.length,
  };
}

function spread(factors: readonly number[]): string {
  return `median ${figureText(median(factors))} (${figureText(Math.min(...factors))} to ${figureText(Math.max(...factors))})`;
}

/** Says plainly which filters the databases answer quicker. */
function quickerThanOurs(comparisons: readonly Comparison[]): string {
  const names = (isQuicker: (comparison: Comparison) => boolean) =>
    comparisons
      .filter((comparison) => comparison.resolution === 9 && isQuicker(comparison))
      .map(({ filter }) => filter.name)
      .join('; ') || 'none';
  return `**Where others are quicker than ours**, at resolution 9. SQL, by an index that leads straight to the few incidents: ${names(
    ({ sql, ours }) => sql < ours,
  )}. DuckDB: ${names(({ duckDb, ours }) => duckDb < ours)}.`;
}

function ratioTable(comparisons: readonly Comparison[]): Table {
  const three = (name: string, of: (comparison: Comparison) => number) =>
    comparisons.filter(({ filter }) => filter.name === name).map((comparison) => figureText(of(comparison)));
  return {
    caption:
      'How many times as long as ours SQL and DuckDB take, and how many times as long as a bare loop ours takes, at resolutions 7 / 8 / 9',
    columns: ['filter', 'incidents that match', 'SQL ÷ ours', 'DuckDB ÷ ours', 'ours ÷ bare loop'],
    rows: filters.map(({ name }) => [
      name,
      comparisons.find(({ filter }) => filter.name === name)!.matches.toLocaleString('en-GB'),
      three(name, ({ sql, ours }) => sql / ours).join(' / '),
      three(name, ({ duckDb, ours }) => duckDb / ours).join(' / '),
      three(name, ({ ours, loop }) => ours / loop).join(' / '),
    ]),
  };
}

function timeTable(comparisons: readonly Comparison[]): Table {
  return {
    caption: 'The same at resolution 9 in milliseconds, with the plan and the table that were quickest',
    columns: ['filter', 'ours', 'bare loop', 'DuckDB', 'SQL', 'how SQL was planned', 'DuckDB table'],
    rows: comparisons
      .filter(({ resolution }) => resolution === 9)
      .map(({ filter, ours, loop, duckDb, sql, sqlHow, duckDbHow }) => [
        filter.name,
        ...[ours, loop, duckDb, sql].map((milliseconds) => figureText(milliseconds)),
        sqlHow,
        duckDbHow,
      ]),
  };
}
