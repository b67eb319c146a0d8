import { hash } from 'node:crypto';
import { InputError } from '../errors.ts';

/** Separates the parts of a text that is hashed; it occurs in no cell that anyone types. */
export const partSeparator = '\u001f';

/** A 128-bit hash as 32 hex digits, which Postgres takes as a `uuid`. */
export function hash128(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 32);
}

/** A Map holds at most 2^24 entries; this leaves room. */
const mostDistinct = 16_000_000;

/**
 * Gives rows without an id an identity: the hash of their content, and for the second and later copies of the same
 * content in the file, of the content and the number of the copy. Memory: one Map entry, some 50 bytes, for each
 * different content; rows with an id take none.
 */
export function createCopyCounter(fileName: string): (content: string) => string {
  const copies = new Map<number, number>();
  return (content) => {
    const first = hash128(content);
    // 52 bits are enough to count by: should two contents ever share a number, only their copies' numbers skip one.
    const key = Number.parseInt(first.slice(0, 13), 16);
    const copy = (copies.get(key) ?? 0) + 1;
    if (copy === 1 && copies.size >= mostDistinct) throw tooMany(fileName);
    copies.set(key, copy);
    return copy === 1 ? first : hash128(`${content}${partSeparator}${copy}`);
  };
}

function tooMany(fileName: string): InputError {
  const message = `${fileName} has more than ${mostDistinct.toLocaleString('en-GB')} different rows without an id. Split it by month and import the parts.`;
  return new InputError(message, { code: 'too-many-rows' });
}
