/** A box in tile units. */
export type Box = { readonly min: number; readonly max: number };

/** Cuts a convex ring (x and y in turn, not closed) to a square box: Sutherland and Hodgman, one side at a time. */
export function clipRing(ring: readonly number[], box: Box): number[] {
  let clipped = [...ring];
  for (const axis of [0, 1]) {
    clipped = clipSide(clipped, axis, box.min, 1);
    clipped = clipSide(clipped, axis, box.max, -1);
  }
  return clipped;
}

/** Keeps what lies on the inner side of one line; `sign` is 1 if larger coordinates are inside. */
function clipSide(ring: readonly number[], axis: number, line: number, sign: number): number[] {
  const kept: number[] = [];
  const inside = (at: number) => (ring[at + axis]! - line) * sign >= 0;
  for (let at = 0; at < ring.length; at += 2) {
    const before = (at + ring.length - 2) % ring.length;
    if (inside(at) !== inside(before)) kept.push(...crossing(ring, before, at, axis, line));
    if (inside(at)) kept.push(ring[at]!, ring[at + 1]!);
  }
  return kept;
}

function crossing(ring: readonly number[], from: number, to: number, axis: number, line: number): [number, number] {
  const share = (line - ring[from + axis]!) / (ring[to + axis]! - ring[from + axis]!);
  const other = ring[from + 1 - axis]! + share * (ring[to + 1 - axis]! - ring[from + 1 - axis]!);
  const rounded = Math.round(other);
  return axis === 0 ? [line, rounded] : [rounded, line];
}
