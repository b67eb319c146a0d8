type SharedArray<T> = { new (buffer: SharedArrayBuffer): T; readonly BYTES_PER_ELEMENT: number };

/** A typed array over shared memory, which worker threads read without a copy. */
export function shared<T>(kind: SharedArray<T>, length: number): T {
  return new kind(new SharedArrayBuffer(length * kind.BYTES_PER_ELEMENT));
}

/** A copy of values in shared memory. */
export function sharedCopy<T extends { set(values: ArrayLike<number>): void }>(
  kind: SharedArray<T>,
  values: ArrayLike<number>,
): T {
  const copy = shared(kind, values.length);
  copy.set(values);
  return copy;
}
