import type { CategoryName } from './import-requests.ts';

/** A category as one looks for it: its own name and those above it. */
export type CategoryOption = { readonly code: string; readonly path: string };

/** The categories with their whole paths: `Violence › Violence with injury`. */
export function categoryOptions(categories: readonly CategoryName[]): CategoryOption[] {
  const names = new Map(categories.map(({ code, name }) => [code, name]));
  return categories.map(({ code }) => ({ code, path: pathOf(code, names) }));
}

/** Options in which every word of a text begins some word, in their order. */
export function findOptions(options: readonly CategoryOption[], text: string): readonly CategoryOption[] {
  const words = fold(text).split(' ').filter(Boolean);
  if (words.length === 0) return options;
  return options.filter(({ code, path }) => {
    const searched = ` ${fold(`${path} ${code}`)}`;
    return words.every((word) => searched.includes(` ${word}`));
  });
}

function pathOf(code: string, names: ReadonlyMap<string, string>): string {
  const parts = code.split('.');
  return parts
    .map((_, index) => parts.slice(0, index + 1).join('.'))
    .map((ancestor) => names.get(ancestor) ?? ancestor)
    .join(' › ');
}

function fold(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
