import type { ExpressionSpecification } from 'maplibre-gl';
import { classBreaks } from '../map/class-breaks.ts';
import { changeColours, neutralCell } from '../map/palette.ts';
import type { Cell } from './measures.ts';

/** One class of changes, `from` nearer to nothing; `sure` of its hexagons changed by more than chance. */
export type ChangeClass = {
  readonly sign: 1 | -1;
  readonly from: number;
  readonly to: number;
  readonly sure: number;
  readonly unsure: number;
  readonly colour: string;
  readonly pale: string;
};

/** q up to which a change is drawn in full colour. */
const changeLevel = 0.05;

/** Classes of the same bounds on both sides of nothing: the largest rise first, the largest fall last. */
export function changeClasses(cells: readonly Cell[]): ChangeClass[] {
  const bounds = classBreaks(
    cells.map(({ change }) => Math.abs(change ?? 0)),
    3,
  );
  const rises = bounds.map((bound, index) => sideOf(cells, 1, bound, index, bounds.length)).reverse();
  const falls = bounds.map((bound, index) => sideOf(cells, -1, bound, index, bounds.length));
  return [...rises, ...falls].filter(({ sure, unsure }) => sure + unsure > 0);
}

function sideOf(
  cells: readonly Cell[],
  sign: 1 | -1,
  { from, to }: { readonly from: number; readonly to: number },
  index: number,
  classes: number,
): ChangeClass {
  const inside = cells.filter(({ change }) => sign * (change ?? 0) >= from && sign * (change ?? 0) <= to);
  const sure = inside.filter(isSure).length;
  // Three steps of colour; with fewer classes the darkest are used.
  const step = index + 3 - classes;
  const [full, pale] = sign > 0 ? (['more', 'morePale'] as const) : (['less', 'lessPale'] as const);
  const most = inside.reduce((most, { change }) => Math.max(most, Math.abs(change ?? 0)), 0);
  return {
    sign,
    from,
    // The last class of a side ends at that side's largest change.
    to: index === classes - 1 ? most : to,
    sure,
    unsure: inside.length - sure,
    colour: changeColours[full][step] ?? neutralCell,
    pale: changeColours[pale][step] ?? neutralCell,
  };
}

/** Whether the change of a hexagon is more than chance, after the correction. */
export function isSure({ changeQ }: Pick<Cell, 'changeQ'>): boolean {
  return (changeQ ?? 1) <= changeLevel;
}

/** Full colour where the change is more than chance, pale elsewhere, neutral for none. */
export function changePaint(classes: readonly ChangeClass[]): string | ExpressionSpecification {
  if (classes.length === 0) return neutralCell;
  const change = ['get', 'change'];
  const inClass = ({ sign, from, to }: ChangeClass) =>
    sign > 0 ? ['all', ['>=', change, from], ['<=', change, to]] : ['all', ['<=', change, -from], ['>=', change, -to]];
  const colours = (which: 'colour' | 'pale') => [
    'case',
    ...classes.flatMap((one) => [inClass(one), one[which]]),
    neutralCell,
  ];
  const sure = ['<=', ['coalesce', ['get', 'changeQ'], 1], changeLevel];
  return ['case', sure, colours('colour'), colours('pale')] as unknown as ExpressionSpecification;
}
