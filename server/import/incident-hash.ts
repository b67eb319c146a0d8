import { hash } from 'node:crypto';
import { createCountTable } from './count-table.ts';

/** Separates the parts of a text that is hashed; it occurs in no cell that anyone types. */
export const partSeparator = '\u001f';

/** A 128-bit hash as 32 hex digits, which Postgres takes as a `uuid`. */
export function hash128(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 32);
}

/**
 * Gives rows without an id an identity: the hash of their content, and for the second and later copies of the same
 * content in the file, of the content and the number of the copy. Memory grows only with such rows: up to 36 bytes
 * for each different content, 200 MB for six million.
 */
export function createCopyCounter(): (content: string) => string {
  const copies = createCountTable();
  return (content) => {
    const first = hash128(content);
    // 52 bits are enough to count by: should two contents ever share a number, only their copies' numbers skip one.
    const copy = copies.add(Number.parseInt(first.slice(0, 13), 16) + 1);
    return copy === 1 ? first : hash128(`${content}${partSeparator}${copy}`);
  };
}
