/** One class of a legend: counts `from` to `to`, both included, and how many places fall in it. */
export type CountClass = { readonly from: number; readonly to: number; readonly size: number };

/**
 * Natural breaks (Fisher–Jenks, exact) of the square roots of positive counts, in at most `classes` classes.
 * The root evens out the spread of counts, which grows with their size, so that one very high cell
 * does not push all others into the lowest class. Zeros belong to no class.
 */
export function classBreaks(counts: Iterable<number>, classes = 5): CountClass[] {
  const groups = groupEqual(counts);
  const starts = naturalStarts(groups, Math.min(classes, groups.length));
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? groups.length;
    const members = groups.slice(start, end);
    const next = groups[end];
    return {
      from: (members[0] as Group).least,
      // Up to just below the next class: the legend has no holes.
      to: next ? next.least - 1 : (members.at(-1) as Group).most,
      size: members.reduce((sum, group) => sum + group.size, 0),
    };
  });
}

/** Index of the class a count falls in; -1 for zero and below the first class. */
export function classOf(classes: readonly CountClass[], count: number): number {
  return classes.findLastIndex(({ from }) => count >= from);
}

type Group = { readonly least: number; readonly most: number; readonly root: number; readonly size: number };

/** The exact method is quadratic in the number of distinct counts: more than this are grouped first. */
const mostGroups = 300;

function groupEqual(counts: Iterable<number>): Group[] {
  const sizes = new Map<number, number>();
  for (const count of counts) if (count > 0) sizes.set(count, (sizes.get(count) ?? 0) + 1);
  const distinct = [...sizes].sort(([a], [b]) => a - b);
  const step = Math.max(1, Math.ceil(distinct.length / mostGroups));
  const groups: Group[] = [];
  for (let index = 0; index < distinct.length; index += step) groups.push(merge(distinct.slice(index, index + step)));
  return groups;
}

function merge(part: readonly (readonly [number, number])[]): Group {
  const size = part.reduce((sum, [, many]) => sum + many, 0);
  const root = part.reduce((sum, [count, many]) => sum + Math.sqrt(count) * many, 0) / size;
  return { least: part[0]?.[0] ?? 0, most: part.at(-1)?.[0] ?? 0, root, size };
}

/** Where each class starts, by dynamic programming over the sum of squared deviations within classes. */
function naturalStarts(groups: readonly Group[], classes: number): number[] {
  if (classes === 0) return [];
  const deviation = withinDeviation(groups);
  let best = groups.map((_, last) => deviation(0, last));
  const startsByClass: number[][] = [];
  for (let k = 1; k < classes; k++) {
    const starts: number[] = [];
    const next = groups.map((_, last) => {
      let least = Number.POSITIVE_INFINITY;
      for (let start = k; start <= last; start++) {
        const total = (best[start - 1] as number) + deviation(start, last);
        if (total < least) {
          least = total;
          starts[last] = start;
        }
      }
      return least;
    });
    startsByClass.push(starts);
    best = next;
  }
  return traceBack(startsByClass, groups.length - 1);
}

function traceBack(startsByClass: readonly (readonly number[])[], lastGroup: number): number[] {
  const result = [0];
  let last = lastGroup;
  for (const starts of startsByClass.toReversed()) {
    const start = starts[last] as number;
    result.splice(1, 0, start);
    last = start - 1;
  }
  return result;
}

function withinDeviation(groups: readonly Group[]): (first: number, last: number) => number {
  const [size, sum, squares] = [[0], [0], [0]];
  for (const [index, group] of groups.entries()) {
    size.push((size[index] as number) + group.size);
    sum.push((sum[index] as number) + group.size * group.root);
    squares.push((squares[index] as number) + group.size * group.root ** 2);
  }
  const between = (totals: readonly number[], first: number, last: number) =>
    (totals[last + 1] as number) - (totals[first] as number);
  return (first, last) =>
    Math.max(0, between(squares, first, last) - between(sum, first, last) ** 2 / between(size, first, last));
}
