/** A counted thing with its place in the order: equal counts share a rank (1, 2, 2, 4). */
export type Ranked<T> = T & { readonly rank: number; readonly tied: boolean };

/** Sorts by count, highest first, and ranks; ties keep the order of `nameOf`. */
export function rankByCount<T extends { readonly count: number }>(
  items: readonly T[],
  nameOf: (item: T) => string,
): Ranked<T>[] {
  const sorted = [...items].sort((a, b) => b.count - a.count || (nameOf(a) < nameOf(b) ? -1 : 1));
  let rank = 0;
  return sorted.map((item, index) => {
    const sameAsLast = sorted[index - 1]?.count === item.count;
    if (!sameAsLast) rank = index + 1;
    return { ...item, rank, tied: sameAsLast || sorted[index + 1]?.count === item.count };
  });
}

/** A rank as text, with the sign for joint places: `3`, `3=`. */
export function formatRank({ rank, tied }: { readonly rank: number; readonly tied: boolean }): string {
  return tied ? `${rank}=` : String(rank);
}
