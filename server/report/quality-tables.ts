import type { Quality } from '../import-model.ts';
import { toCsv } from './to-csv.ts';

/** The tables of a quality report that can be had as CSV. */
export const qualityTables = ['completeness', 'precision', 'months', 'points', 'categories', 'areas'] as const;
export type QualityTable = (typeof qualityTables)[number];

type Cell = string | number | null;

/** One table of a report as CSV. */
export function qualityCsv(quality: Quality, table: QualityTable): string {
  return toCsv(...tables[table](quality));
}

type Table = [columns: string[], rows: Cell[][]];

const tables: Readonly<Record<QualityTable, (quality: Quality) => Table>> = {
  completeness: ({ completeness }) => [
    ['column', 'filled', 'rows', 'share'],
    completeness.map(({ column, filled, rows }) => [column, filled, rows, share(filled, rows)]),
  ],
  precision: ({ timePrecision, placed, placePrecision, incidents }) => [
    ['of', 'how', 'incidents', 'share'],
    [
      ...Object.entries(timePrecision).map(([how, count]) => ['time', how, count, share(count, incidents)]),
      ...Object.entries(placed).map(([how, count]) => [
        'placed by',
        placedWords[how] ?? how,
        count,
        share(count, incidents),
      ]),
      ...placePrecision.map(({ metres, incidents: count }) => [
        'within metres',
        metres === null ? 'not known' : metres,
        count,
        share(count, incidents),
      ]),
    ],
  ],
  months: ({ months }) => [
    ['month', 'incidents', 'missing', 'usual', 'sudden'],
    months.map(({ month, incidents, missing, usual, sudden }) => [month, incidents, yes(missing), usual, yes(sudden)]),
  ],
  points: ({ stacked }) => [
    ['location', 'incidents'],
    stacked.places.map(({ location, incidents }) => [location, incidents]),
  ],
  categories: ({ unmapped }) => [['word', 'incidents'], unmapped.map(({ word, incidents }) => [word, incidents])],
  areas: ({ areas }) => [
    ['layer', 'validFrom', 'code', 'name', 'incidents', 'previous'],
    (areas?.rows ?? []).map(({ code, name, incidents, previous }) => [
      areas!.layer,
      areas!.validFrom,
      code,
      name,
      incidents,
      previous,
    ]),
  ],
};

const placedWords: Readonly<Record<string, string>> = { areaOnly: 'area only', none: 'no place' };

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function yes(value: boolean): string {
  return value ? 'yes' : '';
}
