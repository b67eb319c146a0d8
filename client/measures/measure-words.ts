import { formatChange, formatCount, formatDensity, formatProbability, formatZ } from '../format.ts';
import type { ShownMeasure } from '../view.ts';
import { isSure } from './change-classes.ts';
import { emergingClass } from './emerging-classes.ts';
import { quadrantName, quadrantOf } from './measure-scale.ts';
import type { Cell, Method } from './measures.ts';

const undefinedText = 'Not defined here: all hexagons have the same count';

/** What a measure says of a hexagon, in a line; null for the count, which is said anyway. */
export function measureWords(
  measure: ShownMeasure,
  cell: Cell,
  { correction }: Pick<Method, 'correction'>,
): string | null {
  switch (measure) {
    case 'count':
      return null;
    case 'giStar':
      return giStarWords(cell, correction);
    case 'density':
      return `${formatDensity(cell.density ?? 0)} incidents per km²`;
    case 'change':
      return changeWords(cell);
    case 'emerging':
      return emergingWords(cell.emerging);
    case 'localMoran':
      return moranWords(cell);
  }
}

/** A class of Gi* as a phrase: `Hot spot at 99% confidence`. */
export function significanceWords(name: NonNullable<Cell['giStarClass']>): string {
  if (name === 'none') return 'Neither hot nor cold spot';
  return `${name.startsWith('hot') ? 'Hot' : 'Cold'} spot at ${name.slice(-2)}% confidence`;
}

function giStarWords(cell: Cell, correction: Method['correction']): string {
  if (!cell.giStarClass) return undefinedText;
  const judged = {
    fdr: formatProbability('q', cell.giStarQ),
    bonferroni: `${formatProbability('p', cell.giStarP)} before Bonferroni’s correction`,
    none: `${formatProbability('p', cell.giStarP)}, not corrected`,
  }[correction];
  return `${significanceWords(cell.giStarClass)}, ${judged}, z = ${formatZ(cell.giStarZ)}`;
}

function changeWords(cell: Cell): string {
  const { change, previous = 0, count, changeQ } = cell;
  if (changeQ === null || changeQ === undefined) return 'No incidents in either period';
  const verdict = isSure(cell) ? 'more than chance' : 'may be chance';
  const difference = change ? formatChange(change) : 'No change';
  return `${difference}, from ${formatCount(previous)} to ${formatCount(count)}: ${verdict}, ${formatProbability('q', changeQ)}`;
}

function emergingWords(key: string | undefined): string {
  const found = emergingClass(key);
  return found ? `${found.label}: ${found.note}` : 'No pattern of hot or cold periods';
}

function moranWords(cell: Cell): string {
  if (cell.localMoranP === null || cell.localMoranP === undefined) return undefinedText;
  const name = quadrantName(quadrantOf(cell) ?? '');
  const said = name ? `${name.label} (${name.note})` : 'Neither cluster nor outlier';
  return `${said}, ${formatProbability('p', cell.localMoranP)}, z = ${formatZ(cell.localMoranZ)}`;
}
