import { InputError } from '../errors.ts';

/** A seeded source of randomness: the same seed and stream give the same numbers on every machine. */
export type Random = {
  /** A number in [0, 1), of 53 random bits. */
  readonly uniform: () => number;
  /** A whole number from 0 to limit - 1, each as likely as the others. */
  readonly below: (limit: number) => number;
  /** Puts the list in random order, in place (Fisher-Yates). */
  readonly shuffle: (list: Shuffleable) => void;
};
type Shuffleable = { readonly length: number; [index: number]: number };

const twoTo32 = 2 ** 32;
/** Up to here a 32-bit number times the limit is exact in a double. */
const exactLimit = 2 ** 21;

/**
 * Makes a source of randomness from a seed (a whole number from 0 to 2^32 - 1); `stream` numbers independent
 * sources of one seed, one per cell say, so that a result does not depend on the order of the work.
 * Chris Doty-Humphrey's sfc32 (PractRand), its state filled by splitmix32; not for secrets.
 */
export function createRandom(seed: number, stream = 0): Random {
  const next = sfc32(seed, stream);
  const uniform = () => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 2 ** 53;
  const below = (limit: number) => (limit <= exactLimit ? unbiasedBelow(next, limit) : Math.floor(uniform() * limit));
  const shuffle = (list: Shuffleable) => {
    for (let last = list.length - 1; last > 0; last--) {
      const other = below(last + 1);
      const held = list[last] as number;
      list[last] = list[other] as number;
      list[other] = held;
    }
  };
  return { uniform, below, shuffle };
}

/** 32 random bits at a call; the state is a typed array because closures box numbers above 31 bits. */
function sfc32(seed: number, stream: number): () => number {
  for (const [name, value] of Object.entries({ seed, stream }))
    if (!Number.isInteger(value) || value < 0 || value >= twoTo32)
      throw new InputError(`${name} is ${value}: give a whole number from 0 to 4294967295.`);
  const state = new Int32Array([mix(seed), mix(seed ^ 0x9e3779b9), mix(stream + 0x85ebca6b), 1]);
  const next = () => {
    const [a, b, c, counter] = [state[0] as number, state[1] as number, state[2] as number, state[3] as number];
    const sum = (a + b + counter) | 0;
    state[3] = counter + 1;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let warmUp = 0; warmUp < 15; warmUp++) next();
  return next;
}

/** splitmix32's finisher: neighbouring seeds give unlike states. */
function mix(value: number): number {
  let mixed = (value + 0x9e3779b9) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return mixed ^ (mixed >>> 15);
}

/** Lemire's multiplication method (2019): the few numbers that would favour some results are thrown away. */
function unbiasedBelow(next: () => number, limit: number): number {
  let product = next() * limit;
  if (product >>> 0 < limit) {
    const threshold = twoTo32 % limit;
    while (product >>> 0 < threshold) product = next() * limit;
  }
  return Math.floor(product / twoTo32);
}
