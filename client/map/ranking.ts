/** A counted thing with its place in the order: equal counts share a rank (1, 2, 2, 4). */
export type Ranked<T> = T & { readonly rank: number; readonly tied: boolean };

/** Sorts by count, highest first, and ranks; ties keep the order of `nameOf`. */
export function rankByCount<T extends { readonly count: number }>(
  items: readonly T[],
  nameOf: (item: T) => string,
): Ranked<T>[] {
  return rankBy(items, ({ count }) => count, nameOf);
}

/** Sorts by a value, highest first and undefined ones last, and ranks; ties keep the order of `nameOf`. */
export function rankBy<T>(
  items: readonly T[],
  measureOf: (item: T) => number | null,
  nameOf: (item: T) => string,
): Ranked<T>[] {
  const valued = items.map((item) => ({
    item,
    value: measureOf(item) ?? Number.NEGATIVE_INFINITY,
    name: nameOf(item),
  }));
  const sorted = valued.sort((a, b) => (a.value === b.value ? (a.name < b.name ? -1 : 1) : a.value < b.value ? 1 : -1));
  let rank = 0;
  return sorted.map(({ item, value }, index) => {
    const sameAsLast = sorted[index - 1]?.value === value;
    if (!sameAsLast) rank = index + 1;
    return { ...item, rank, tied: sameAsLast || sorted[index + 1]?.value === value };
  });
}

/** A rank as text, with the sign for joint places: `3`, `3=`. */
export function formatRank({ rank, tied }: { readonly rank: number; readonly tied: boolean }): string {
  return tied ? `${rank}=` : String(rank);
}
