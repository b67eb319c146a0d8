import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classBreaks } from '../../client/map/class-breaks.ts';
import {
  classesOf,
  commonClasses,
  fewAtATime,
  filterOfMonth,
  monthsToPlay,
  nextDue,
} from '../../client/months/month-steps.ts';

const extent = { from: '2016-03-10', to: '2018-02-20' };

describe('the months to play', () => {
  it('are those of the dates chosen, in order', () => {
    expect(monthsToPlay({ from: '2016-11-05', to: '2017-02-01' }, extent)).toEqual([
      '2016-11',
      '2016-12',
      '2017-01',
      '2017-02',
    ]);
  });

  it('are all that are held without dates, and where the dates are of one month only', () => {
    expect(monthsToPlay({}, extent)).toHaveLength(24);
    expect(monthsToPlay({ from: '2017-05-01', to: '2017-05-31' }, extent)).toHaveLength(24);
  });

  it('do not go beyond what is held', () => {
    expect(monthsToPlay({ from: '2010-01-01', to: '2016-04-30' }, extent)).toEqual(['2016-03', '2016-04']);
  });

  it('are asked for by their days within what is held, under the rest of the filter', () => {
    const filter = { categories: ['fire'], from: '2016-01-01', to: '2018-12-31' };
    expect(filterOfMonth(filter, '2016-03', extent)).toEqual({
      categories: ['fire'],
      from: '2016-03-10',
      to: '2016-03-31',
    });
    expect(filterOfMonth(filter, '2018-02', extent)).toMatchObject({ from: '2018-02-01', to: '2018-02-20' });
  });
});

describe('the classes of all months', () => {
  const month = fc.array(fc.nat({ max: 50 }), { maxLength: 20 });

  it('are those of all counts together, and hold every count of each month once', () => {
    fc.assert(
      fc.property(fc.array(month, { maxLength: 6 }), (months) => {
        const classes = commonClasses(months);
        expect(classes).toEqual(classBreaks(months.flat()));
        const sizes = months.map((counts) => classesOf(classes, counts).reduce((sum, { size }) => sum + size, 0));
        expect(sizes).toEqual(months.map((counts) => counts.filter((count) => count > 0).length));
      }),
    );
  });
});

describe('the clock', () => {
  it('keeps in step, whatever a frame takes', () => {
    expect(nextDue(1000, 1003, 100)).toBe(1100);
    expect(nextDue(1100, 1160, 100)).toBe(1200);
  });

  it('does not hurry after a pause', () => {
    expect(nextDue(1000, 5000, 100)).toBe(5000);
  });
});

describe('a few at a time', () => {
  it('gives every result in order, and never has more than a few under way', async () => {
    let [underWay, most] = [0, 0];
    const done = await fewAtATime([5, 1, 4, 2, 3, 0], 3, async (item) => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, item));
      underWay--;
      return item * 2;
    });
    expect(done).toEqual([10, 2, 8, 4, 6, 0]);
    expect(most).toBe(3);
  });

  it('fails when one fails', async () => {
    await expect(fewAtATime([1, 2], 2, () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  });
});
