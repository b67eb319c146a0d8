import type { ExpressionSpecification } from 'maplibre-gl';
import { significanceClasses } from '../../server/model.ts';
import { formatCount } from '../format.ts';
import type { CountClass } from '../map/class-breaks.ts';
import { classColours, mapColours, neutralCell, quadrantColours, significanceColours } from '../map/palette.ts';
import type { ShownMeasure } from '../view.ts';
import { type ChangeClass, changeClasses, changePaint } from './change-classes.ts';
import { type DensityClass, densityClasses } from './density-classes.ts';
import { emergingClasses } from './emerging-classes.ts';
import type { Cell } from './measures.ts';

/** A class that has a name, and how many hexagons are in it. */
export type NamedClass = {
  readonly key: string;
  readonly label: string;
  readonly note?: string;
  readonly colour: string;
  readonly size: number;
};

/** The classes of a map: the legend shows them, the paint draws them. */
export type Scale =
  | { readonly kind: 'count'; readonly classes: readonly CountClass[] }
  | { readonly kind: 'giStar' | 'emerging' | 'localMoran'; readonly classes: readonly NamedClass[] }
  | { readonly kind: 'density'; readonly classes: readonly DensityClass[] }
  | { readonly kind: 'change'; readonly classes: readonly ChangeClass[] };

/** Level below which a hexagon of Local Moran is called a cluster or an outlier. */
const quadrantLevel = 0.05;

const quadrantNames = {
  'high-high': { label: 'Cluster of many', note: 'many, among neighbours with many' },
  'high-low': { label: 'Outlier: many', note: 'many, among neighbours with few' },
  'low-high': { label: 'Outlier: few', note: 'few, among neighbours with many' },
  'low-low': { label: 'Cluster of few', note: 'few, among neighbours with few' },
} as const;

export type StatisticScale = Exclude<Scale, { kind: 'count' }>;

/** The classes of a statistic over the hexagons of an answer. */
export function measureScale(measure: Exclude<ShownMeasure, 'count'>, cells: readonly Cell[]): StatisticScale {
  switch (measure) {
    case 'giStar':
      return { kind: 'giStar', classes: giStarClasses(cells) };
    case 'density':
      return { kind: 'density', classes: densityClasses(cells.map(({ density }) => density ?? 0)) };
    case 'change':
      return { kind: 'change', classes: changeClasses(cells) };
    case 'emerging':
      return { kind: 'emerging', classes: classesPresent(emergingClasses, cells, ({ emerging }) => emerging) };
    case 'localMoran':
      return { kind: 'localMoran', classes: classesPresent(quadrants, cells, quadrantOf) };
  }
}

const quadrants = Object.entries(quadrantNames).map(([key, { label, note }]) => ({
  key,
  label,
  note,
  colour: quadrantColours[key as keyof typeof quadrantColours],
}));

/** The quadrant of a hexagon of Local Moran that stands out; undefined for one that does not. */
export function quadrantOf({ quadrant, localMoranP }: Cell): string | undefined {
  return (localMoranP ?? 1) <= quadrantLevel ? (quadrant ?? undefined) : undefined;
}

/** What a quadrant is called. */
export function quadrantName(key: string): { readonly label: string; readonly note: string } | undefined {
  return quadrantNames[key as keyof typeof quadrantNames];
}

/** All seven, cold to hot, whether or not a hexagon is in them: the scale is always the same. */
function giStarClasses(cells: readonly Cell[]): NamedClass[] {
  return significanceClasses.toReversed().map((key) => ({
    key,
    label: key === 'none' ? 'none' : `${key.slice(-2)}%`,
    colour: significanceColours[key],
    size: cells.filter(({ giStarClass }) => giStarClass === key).length,
  }));
}

function classesPresent(
  all: readonly Omit<NamedClass, 'size'>[],
  cells: readonly Cell[],
  classOf: (cell: Cell) => string | undefined,
): NamedClass[] {
  const sizes = new Map<string | undefined, number>();
  for (const cell of cells) sizes.set(classOf(cell), (sizes.get(classOf(cell)) ?? 0) + 1);
  return all.flatMap((one) => (sizes.has(one.key) ? [{ ...one, size: sizes.get(one.key) ?? 0 }] : []));
}

/** Colour of a hexagon by the properties of its tile. */
export function scalePaint(scale: StatisticScale): string | ExpressionSpecification {
  if (scale.kind === 'density') {
    const steps = stepPaint(
      'density',
      scale.classes.map(({ from }) => from),
    );
    return expression(['case', ['<=', ['get', 'density'], 0], neutralCell, steps]);
  }
  if (scale.kind === 'change') return changePaint(scale.classes);
  if (scale.classes.length === 0) return neutralCell;
  const pairs = scale.classes.flatMap(({ key, colour }) => [key, colour]);
  if (scale.kind === 'giStar') return expression(['match', ['get', 'giStarClass'], ...pairs, neutralCell]);
  if (scale.kind === 'emerging') return expression(['match', ['get', 'emerging'], ...pairs, neutralCell]);
  const stands = ['<=', ['coalesce', ['get', 'localMoranP'], 1], quadrantLevel];
  return expression(['case', stands, ['match', ['get', 'quadrant'], ...pairs, neutralCell], neutralCell]);
}

function stepPaint(property: string, starts: readonly number[]): string | ExpressionSpecification {
  const [lowest = mapColours.inside, ...higher] = classColours(starts.length);
  if (higher.length === 0) return lowest;
  return expression([
    'step',
    ['get', property],
    lowest,
    ...higher.flatMap((colour, index) => [starts[index + 1], colour]),
  ]);
}

/** MapLibre's type of an expression built from a list of classes. */
function expression(parts: readonly unknown[]): ExpressionSpecification {
  return parts as unknown as ExpressionSpecification;
}

/** How many hexagons are in no class that stands out, in words for a legend. */
export function restOf(scale: Scale, cells: number): string {
  if (scale.kind !== 'emerging' && scale.kind !== 'localMoran') return '';
  const classed = scale.classes.reduce((sum, { size }) => sum + size, 0);
  return formatCount(cells - classed);
}
