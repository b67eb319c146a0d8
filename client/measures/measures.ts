import type { Cells } from '../../server/model.ts';
import { type Correction, corrections, type ShownMeasure, type SourceOfP, shownMeasures, sourcesOfP } from '../view.ts';

/** A hexagon as `/api/cells` describes it. */
export type Cell = Cells['cells'][number];

/** What each measure is called where one chooses it. */
export const measureLabels: Readonly<Record<ShownMeasure, string>> = {
  count: 'Count',
  giStar: 'Hot spots (Gi*)',
  density: 'Density',
  change: 'Change',
  emerging: 'Emerging',
  localMoran: 'Clusters and outliers',
};

/** Whether the correction for many tests has a say in a measure. */
export function isCorrected(measure: ShownMeasure): boolean {
  return measure === 'giStar' || measure === 'emerging';
}

/** Whether a measure has a p that can come from permutations. */
export function hasChoiceOfP(measure: ShownMeasure): boolean {
  return measure === 'giStar' || measure === 'localMoran';
}

export type Method = { readonly correction: Correction; readonly p: SourceOfP };

/** Request parameters of a measure; what is as by default is left out. */
export function measureParameters(measure: ShownMeasure, { correction, p }: Method): [string, string][] {
  if (measure === 'count') return [];
  const parameters: [string, string][] = [['measures', measure]];
  if (isCorrected(measure) && correction !== 'fdr') parameters.push(['correction', correction]);
  if (hasChoiceOfP(measure) && p !== 'normal') parameters.push(['p', p]);
  // Local Moran draws anew for each hexagon: ten thousand draws take seconds, the default takes half a minute.
  if (measure === 'localMoran' && p !== 'normal') parameters.push(['permutations', '9999']);
  return parameters;
}

/** The measure that an answer's address asked for. */
export function measureOf(url: string): ShownMeasure {
  const asked = parameter(url, 'measures');
  return shownMeasures.find((name) => name === asked) ?? 'count';
}

/** How the answer at an address was judged. */
export function methodOf(url: string): Method {
  const [correction, p] = [parameter(url, 'correction'), parameter(url, 'p')];
  return {
    correction: corrections.find((name) => name === correction) ?? 'fdr',
    p: sourcesOfP.find((name) => name === p) ?? 'normal',
  };
}

function parameter(url: string, name: string): string | null {
  return new URLSearchParams(url.slice(url.indexOf('?') + 1)).get(name);
}
