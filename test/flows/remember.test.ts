import { describe, expect, it } from 'vitest';
import { currentAsker, onBehalfOf } from '../../server/askers.ts';
import type { Holdings } from '../../server/flows/load-holdings.ts';
import { findKnown, remember, remembered } from '../../server/flows/remember.ts';

const someHoldings = () => ({}) as Holdings;

/** Work that goes on until it is told to end, and can be counted and stopped. */
function slowWork() {
  let begun = 0;
  let stopped = 0;
  let finish: (answer: string) => void = () => {};
  const make = () => {
    begun++;
    const asker = currentAsker();
    return new Promise<string>((resolve, reject) => {
      finish = resolve;
      asker?.addEventListener('abort', () => {
        stopped++;
        reject(asker.reason);
      });
    });
  };
  return { make, counts: () => ({ begun, stopped }), finish: (answer: string) => finish(answer) };
}

describe('remembering answers', () => {
  it('makes one answer for a hundred who ask at once, and gives it to those who ask later', async () => {
    const holdings = someHoldings();
    const work = slowWork();
    const asked = Array.from({ length: 100 }, () => remember(holdings, 'cells', work.make));
    work.finish('counted');
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['counted']));
    expect(await remember(holdings, 'cells', work.make)).toBe('counted');
    expect(work.counts()).toEqual({ begun: 1, stopped: 0 });
  });

  it('keeps answers apart by key and by version of the data', async () => {
    const holdings = someHoldings();
    expect(await remember(holdings, 'a', async () => 1)).toBe(1);
    expect(await remember(holdings, 'b', async () => 2)).toBe(2);
    expect(remembered(someHoldings(), 'a')).toBeUndefined();
  });

  it('tells what is made at once, and lets wait for what is not', async () => {
    const holdings = someHoldings();
    const work = slowWork();
    const asked = remember(holdings, 'cells', work.make);
    const coming = findKnown<string>(holdings, 'cells');
    expect(coming?.made).toBeUndefined();
    work.finish('counted');
    expect(await Promise.all([asked, coming?.wait()])).toEqual(['counted', 'counted']);
    expect(findKnown(holdings, 'cells')?.made).toBe('counted');
  });

  it('stops the work when all who wait have gone, and not before', async () => {
    const holdings = someHoldings();
    const work = slowWork();
    const [first, second] = [new AbortController(), new AbortController()];
    const ask = (asker: AbortController) =>
      onBehalfOf(asker.signal, () => remember(holdings, 'slow', work.make)).catch((error: Error) => error.name);
    const answers = [ask(first), ask(second)];
    first.abort();
    expect(work.counts()).toEqual({ begun: 1, stopped: 0 });
    second.abort();
    expect(work.counts()).toEqual({ begun: 1, stopped: 1 });
    expect(await Promise.all(answers)).toEqual(['AbortError', 'AbortError']);
    // who asks again gets an answer of its own
    const third = remember(holdings, 'slow', work.make);
    work.finish('at last');
    expect(await third).toBe('at last');
    expect(work.counts().begun).toBe(2);
  });

  it('goes on for the service itself, and for one who joined later', async () => {
    const holdings = someHoldings();
    const work = slowWork();
    const asker = new AbortController();
    const asked = onBehalfOf(asker.signal, () => remember(holdings, 'slow', work.make));
    const own = remember(holdings, 'slow', work.make);
    asker.abort();
    work.finish('done');
    expect(await Promise.all([asked, own])).toEqual(['done', 'done']);
    expect(work.counts()).toEqual({ begun: 1, stopped: 0 });
  });

  it('stops what an answer is made from along with it, unless another waits for that', async () => {
    const holdings = someHoldings();
    const inner = slowWork();
    const [one, other] = [new AbortController(), new AbortController()];
    const outer = (name: string) => () => remember(holdings, name, () => remember(holdings, 'inner', inner.make));
    const answers = [
      onBehalfOf(one.signal, outer('first')).catch(() => 'stopped'),
      onBehalfOf(other.signal, outer('second')),
    ];
    one.abort();
    expect(inner.counts()).toEqual({ begun: 1, stopped: 0 });
    inner.finish('shared');
    expect(await answers[1]).toBe('shared');
  });

  it('does not keep a failure', async () => {
    const holdings = someHoldings();
    await expect(remember(holdings, 'x', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await remember(holdings, 'x', async () => 'yes')).toBe('yes');
  });

  it('forgets what has not been asked for longest when memory is short', async () => {
    const holdings = someHoldings();
    const large = () => 100 * 2 ** 20;
    for (const key of ['first', 'second', 'third']) await remember(holdings, key, async () => key, large);
    expect(remembered(holdings, 'first')).toBeUndefined();
    expect(await remembered(holdings, 'third')).toBe('third');
  });

  it('forgets even empty answers in the end: keeping takes memory too', async () => {
    const holdings = someHoldings();
    const keep = (number: number) =>
      remember(
        holdings,
        `tile ${number}`,
        async () => null,
        () => 0,
      );
    for (let number = 0; number < 80_000; number++) await keep(number);
    expect(remembered(holdings, 'tile 0')).toBeUndefined();
    expect(remembered(holdings, 'tile 79999')).toBeDefined();
  });
});
