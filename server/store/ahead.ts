/**
 * The items of a source in order, each asked for while the one before it is being worked on. When the work on an item
 * fails, or the source does, nothing of the source is under way any more by the time that is told.
 */
export async function* ahead<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (let item = await next; !item.done; item = await next) {
      next = iterator.next();
      // a failure is told where it is waited for, which may be later
      next.catch(() => {});
      yield item.value;
    }
  } finally {
    await next.catch(() => {});
    await iterator.return?.();
  }
}
