import { formatChange, formatCount, formatDensity, formatProbabilityValue, formatZ } from '../format.ts';
import type { ShownMeasure } from '../view.ts';
import { emergingClass, emergingClasses } from './emerging-classes.ts';
import { quadrantName, quadrantOf } from './measure-scale.ts';
import { significanceWords } from './measure-words.ts';
import type { Cell } from './measures.ts';

export type CellColumn = { readonly label: string; readonly text: (cell: Cell) => string };
export type StatisticTable = {
  readonly columns: readonly CellColumn[];
  /** The class of a hexagon in words, below its name. */
  readonly classText?: (cell: Cell) => string | undefined;
  /** What the table is sorted by, highest first; null is last. */
  readonly order: (cell: Cell) => number | null;
};

const count: CellColumn = { label: 'Count', text: (cell) => formatCount(cell.count) };
const rankOfPattern = new Map(emergingClasses.map(({ key }, index) => [key, emergingClasses.length - index]));

/** The columns of a measure in the table of hexagons, and its order. */
export const statisticTables: Readonly<Record<Exclude<ShownMeasure, 'count'>, StatisticTable>> = {
  giStar: {
    columns: [
      count,
      { label: 'z', text: ({ giStarZ }) => formatZ(giStarZ) },
      { label: 'q', text: ({ giStarQ }) => formatProbabilityValue(giStarQ) },
    ],
    classText: ({ giStarClass }) =>
      giStarClass && giStarClass !== 'none' ? significanceWords(giStarClass) : undefined,
    order: ({ giStarZ }) => giStarZ ?? null,
  },
  density: {
    columns: [count, { label: 'Per km²', text: ({ density }) => formatDensity(density ?? 0) }],
    order: ({ density }) => density ?? null,
  },
  change: {
    columns: [
      { label: 'Now', text: (cell) => formatCount(cell.count) },
      { label: 'Change', text: ({ change }) => formatChange(change ?? 0) },
      { label: 'q', text: ({ changeQ }) => formatProbabilityValue(changeQ) },
    ],
    // The largest changes first, up or down.
    order: ({ change }) => Math.abs(change ?? 0),
  },
  emerging: {
    columns: [count],
    classText: ({ emerging }) => emergingClass(emerging)?.label,
    // By class, and within a class by count.
    order: ({ emerging, count }) => (rankOfPattern.get(emerging ?? '') ?? 0) + count / (count + 1),
  },
  localMoran: {
    columns: [
      count,
      { label: 'z', text: ({ localMoranZ }) => formatZ(localMoranZ) },
      { label: 'p', text: ({ localMoranP }) => formatProbabilityValue(localMoranP) },
    ],
    classText: (cell) => quadrantName(quadrantOf(cell) ?? '')?.label,
    order: ({ localMoranZ }) => localMoranZ ?? null,
  },
};
