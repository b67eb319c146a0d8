import { InputError } from '../errors.ts';

/** A list of numbers a statistic reads and never writes: an array or a typed array. */
export type Numbers = ArrayLike<number>;

/** Whether each value of a statistic is defined is part of the value: null, never NaN. */
export type MaybeNumbers = readonly (number | null)[];

/** A checked copy of a list of numbers; throws on NaN and infinity, naming the place. */
export function finiteValues(name: string, values: Numbers): Float64Array {
  const copy = new Float64Array(values.length);
  for (let i = 0; i < copy.length; i++) {
    const value = values[i];
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw new InputError(`${name}[${i}] is ${value}: give a finite number (0 where nothing was counted).`);
    copy[i] = value;
  }
  return copy;
}

/** A checked copy of counts or weights, which cannot be negative. */
export function nonNegativeValues(name: string, values: Numbers): Float64Array {
  const copy = finiteValues(name, values);
  const place = copy.findIndex((value) => value < 0);
  if (place >= 0) throw new InputError(`${name}[${place}] is ${copy[place]}: counts and weights cannot be negative.`);
  return copy;
}

/** Throws unless the value is a whole number of at least `least`. */
export function requireWhole(name: string, value: number, least = 0): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new InputError(`${name} is ${value}: give a whole number of at least ${least}.`);
}

/** Throws unless the value is a finite number above 0. */
export function requirePositive(name: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0)) throw new InputError(`${name} is ${value}: give a number above 0.`);
}

/** Throws unless the value lies strictly between 0 and 1. */
export function requireFraction(name: string, value: number): void {
  if (!(value > 0 && value < 1)) throw new InputError(`${name} is ${value}: give a number between 0 and 1.`);
}

/** Throws unless two lists that belong together are equally long. */
export function requireSameLength(name: string, length: number, otherName: string, otherLength: number): void {
  if (length !== otherLength)
    throw new InputError(`${name} has ${length} values and ${otherName} has ${otherLength}: give one for each cell.`);
}

/** Throws unless the limits rise: 2 to 100 finite numbers, each above the one before. */
export function requireRising(name: string, limits: Numbers): void {
  const copy = finiteValues(name, limits);
  if (copy.length < 2 || copy.length > 100)
    throw new InputError(`${name} has ${copy.length} values: give 2 to 100 limits.`);
  for (let i = 1; i < copy.length; i++)
    if ((copy[i] as number) <= (copy[i - 1] as number))
      throw new InputError(`${name} goes from ${copy[i - 1]} to ${copy[i]}: give rising limits.`);
}
