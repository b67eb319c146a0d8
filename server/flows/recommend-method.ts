import type { Forecast } from '../analyses-model.ts';
import type { ForecastResult } from '../statistics/forecast.ts';
import { pairedHitsP } from '../statistics/paired-hits.ts';
import { percent, pWords, whole } from './wording.ts';

type Name = Forecast['methods'][number]['name'];
export type Recommendation = Pick<Forecast, 'recommended' | 'tied' | 'evidence'>;

/** With fewer incidents to forecast a method's lead is luck. */
const fewestIncidents = 30;
const titles: Readonly<Record<Name, string>> = {
  count: 'the plain count',
  recencyWeightedCount: 'the recency-weighted count',
  density: 'the density map',
  giStar: 'the Gi* map',
};

/**
 * The method that caught most of the held-out months' incidents at the coverage compared, if it leads every other by
 * more than chance (p of 0.05 or less) and beats a blind choice of cells.
 */
export function recommendMethod(
  { evaluation, apart }: Pick<ForecastResult, 'evaluation' | 'apart'>,
  months: number,
  coverage: number,
): Recommendation {
  const none = (evidence: string): Recommendation => ({ recommended: null, tied: [], evidence });
  if (!evaluation || !apart)
    return none('Too few whole months are held to try the methods on: none can be recommended.');
  const results = evaluation.map(({ name, coverages }, method) => ({
    name,
    method,
    ...coverages.find((result) => result.coverage === coverage)!,
  }));
  results.sort((one, other) => other.hits - one.hits);
  const [best] = results;
  const heldOut = months === 1 ? 'the one held-out month' : `the ${months} held-out months`;
  if (!best || best.incidents < fewestIncidents) {
    return none(
      `Only ${whole(best?.incidents ?? 0)} incidents fell in ${heldOut}: too few to tell which method is better (at least ${fewestIncidents} are needed).`,
    );
  }
  const caught = results.map(({ name, hitRate }) => `${titles[name]} ${percent(hitRate!)}`).join(', ');
  const scene = `Of ${whole(best.incidents)} incidents in ${heldOut}, the ${whole(best.cells)} cells (${percent(best.areaShare)}) that each method chose caught: ${caught}`;
  if (best.pai! <= 1) return none(`${scene}. That is no better than a blind choice of cells.`);
  const rivals = results.slice(1).map(({ name, method }) => ({ name, p: pairedHitsP(apart[best.method]![method]!) }));
  const tied = rivals.filter(({ p }) => p === null || p > 0.05).map(({ name }) => name);
  if (tied.length > 0) {
    const names = [best.name, ...tied];
    const listed = names.map((name) => titles[name]);
    const advice = names.includes('count') ? 'use the plain count, the simplest' : 'use any of them';
    const evidence = `${scene}. ${capital(listed.slice(0, -1).join(', '))} and ${listed.at(-1)} cannot be told apart: ${advice}.`;
    return { recommended: null, tied: names, evidence };
  }
  const closest = Math.max(...rivals.map(({ p }) => p as number));
  return {
    recommended: best.name,
    tied: [],
    evidence: `${scene}. ${capital(titles[best.name])} leads by more than chance (${pWords(closest)} against the closest), at ${best.pai!.toFixed(1)} times a blind choice.`,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
