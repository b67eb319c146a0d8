import type { Neighbours } from '../statistics/neighbours.ts';

/** Groups of chosen cells that touch one another, directly or through others of the group; each in rising order. */
export function mergeTouching(chosen: readonly boolean[], { offsets, indices }: Neighbours): number[][] {
  const seen = new Uint8Array(chosen.length);
  const groups: number[][] = [];
  chosen.forEach((is, start) => {
    if (!is || seen[start]) return;
    const group = [start];
    seen[start] = 1;
    for (const cell of group) {
      for (const other of indices.subarray(offsets[cell], offsets[cell + 1])) {
        if (!chosen[other] || seen[other]) continue;
        seen[other] = 1;
        group.push(other);
      }
    }
    groups.push(group.sort((a, b) => a - b));
  });
  return groups;
}
