import { InputError } from '../errors.ts';
import { type Numbers, requireFraction, requireSameLength, requireWhole } from './check-input.ts';
import { createRandom, type Random } from './random.ts';

export type SimilarityOptions = {
  readonly seed: number;
  readonly samples?: number;
  /** The share of the test incidents in each sample. */
  readonly sampleShare?: number;
  readonly confidence?: number;
};
export type SimilarityIndex = {
  /** The share of all cells that are similar; null when either pattern is empty. */
  readonly s: number | null;
  /** The same without the cells that are empty in both. */
  readonly robust: number | null;
  /** 1 where the test pattern has a larger share than the base, -1 a smaller, 0 similar; null as above. */
  readonly local: readonly (1 | 0 | -1)[] | null;
};

/**
 * Whether two kinds of incident share one spatial pattern: the share of cells in which their percentages agree.
 *
 * Andresen's (2009) spatial point pattern test as in R sppt: 200 samples of 85 % of the test incidents, drawn without
 * replacement, give each cell a 95 % interval of its percentage (the lowest and highest 2.5 % of samples dropped); a cell
 * is similar when the base pattern's percentage lies within, ends included. Cells empty in both are similar, hence the
 * robust form without them. The test is not symmetric. Throws InputError unless counts are whole.
 */
export function similarityIndex(base: Numbers, test: Numbers, options: SimilarityOptions): SimilarityIndex {
  const { seed, samples = 200, sampleShare = 0.85, confidence = 0.95 } = options;
  requireSameLength('base', base.length, 'test', test.length);
  requireWhole('samples', samples, 1);
  requireFraction('sampleShare', sampleShare);
  requireFraction('confidence', confidence);
  const incidents = cellOfEachIncident('test', test);
  const baseTotal = cellOfEachIncident('base', base).length;
  const size = Math.round(sampleShare * incidents.length);
  if (baseTotal === 0 || size === 0) return { s: null, robust: null, local: null };
  const drawn = drawSamples(test, incidents, { size, samples, random: createRandom(seed) });
  const tail = (1 - confidence) / 2;
  const lowest = Math.floor(tail * samples + 1e-9);
  const highest = Math.ceil((1 - tail) * samples - 1e-9) - 1;
  const local = drawn.map((counts, cell) => {
    counts.sort();
    // shares compared as products of whole numbers, so that equal shares are equal
    const share = (base[cell] as number) * size;
    if (share < (counts[lowest] as number) * baseTotal) return 1;
    return share > (counts[highest] as number) * baseTotal ? -1 : 0;
  });
  return { s: similarShare(local), robust: similarShare(local.filter((_, cell) => base[cell] || test[cell])), local };
}

function similarShare(local: readonly number[]): number {
  return local.filter((state) => state === 0).length / local.length;
}

function cellOfEachIncident(name: string, counts: Numbers): Uint32Array {
  const cells: number[] = [];
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell] as number;
    if (!Number.isSafeInteger(count) || count < 0)
      throw new InputError(`${name}[${cell}] is ${count}: give whole counts.`);
    for (let i = 0; i < count; i++) cells.push(cell);
  }
  return Uint32Array.from(cells);
}

type Draw = { readonly size: number; readonly samples: number; readonly random: Random };

/** For each cell its count in each sample; what is left out of a sample is drawn, being the smaller part. */
function drawSamples(test: Numbers, incidents: Uint32Array, { size, samples, random }: Draw): Uint32Array[] {
  const counts = Array.from({ length: test.length }, (_, cell) => new Uint32Array(samples).fill(test[cell] as number));
  for (let sample = 0; sample < samples; sample++)
    for (let i = 0; i < incidents.length - size; i++) {
      const pick = i + random.below(incidents.length - i);
      const cell = incidents[pick] as number;
      incidents[pick] = incidents[i] as number;
      incidents[i] = cell;
      const ofCell = counts[cell] as Uint32Array;
      ofCell[sample] = (ofCell[sample] as number) - 1;
    }
  return counts;
}
