/** The values at some positions, in their order. */
export function valuesAt(values: Uint32Array, positions: Uint32Array): Uint32Array {
  const some = new Uint32Array(positions.length);
  for (let at = 0; at < some.length; at++) some[at] = values[positions[at]!]!;
  return some;
}
