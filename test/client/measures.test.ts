import { describe, expect, test } from 'vitest';
import { formatProbability, formatZ } from '../../client/format.ts';
import { rankBy } from '../../client/map/ranking.ts';
import { changeClasses } from '../../client/measures/change-classes.ts';
import { densityClasses } from '../../client/measures/density-classes.ts';
import { emergingClass, emergingClasses } from '../../client/measures/emerging-classes.ts';
import { changeInWords, peakWords } from '../../client/measures/hotspot-words.ts';
import { measureScale } from '../../client/measures/measure-scale.ts';
import { measureWords } from '../../client/measures/measure-words.ts';
import { type Cell, measureOf, measureParameters, methodOf } from '../../client/measures/measures.ts';
import { correctionWords, studyWords } from '../../client/measures/method-words.ts';
import { viewFromUrl } from '../../client/view-url.ts';

const cell = (more: Partial<Cell>): Cell => ({ cell: '89194650937ffff', count: 3, ...more });
const fdr = { correction: 'fdr' } as const;

describe('the classes of a legend', () => {
  test('of Gi* are always the same seven, cold to hot, with their sizes', () => {
    const scale = measureScale('giStar', [cell({ giStarClass: 'hot99' }), cell({ giStarClass: 'none' }), cell({})]);
    expect(scale.classes.map((one) => 'key' in one && [one.key, one.size])).toEqual([
      ['cold99', 0],
      ['cold95', 0],
      ['cold90', 0],
      ['none', 1],
      ['hot90', 0],
      ['hot95', 0],
      ['hot99', 1],
    ]);
  });

  test('of densities begin at nothing, meet, end at the highest and hold every hexagon with any', () => {
    const densities = [0, 0.3, 1.7, 12, 40, 41, 380, 900, 1234.5, 4270.4];
    const classes = densityClasses(densities);
    expect(classes[0]?.from).toBe(0);
    expect(classes.at(-1)?.to).toBe(4270.4);
    for (const [index, { to }] of classes.slice(0, -1).entries()) expect(classes[index + 1]?.from).toBe(to);
    expect(classes.reduce((sum, { size }) => sum + size, 0)).toBe(9);
    expect(densityClasses([0, 0])).toEqual([]);
  });

  test('of changes have the same bounds on both sides of nothing, and tell sure from unsure', () => {
    const changes = [-40, -12, -3, -1, 0, 1, 2, 5, 11, 60].map((change) =>
      cell({ change, changeQ: Math.abs(change) > 10 ? 0.01 : 0.4 }),
    );
    const classes = changeClasses(changes);
    const [rises, falls] = [classes.filter(({ sign }) => sign > 0), classes.filter(({ sign }) => sign < 0)];
    expect(rises.map(({ from }) => from).reverse()).toEqual(falls.map(({ from }) => from));
    expect([rises[0]?.to, falls.at(-1)?.to]).toEqual([60, 40]);
    expect(classes.reduce((sum, { sure, unsure }) => sum + sure + unsure, 0)).toBe(9);
    expect(classes.reduce((sum, { sure }) => sum + sure, 0)).toBe(4);
    expect(changeClasses([cell({ change: 0 })])).toEqual([]);
  });

  test('of histories are those present, each with a colour of its own', () => {
    const scale = measureScale('emerging', [cell({ emerging: 'new-hot' }), cell({ emerging: 'none' })]);
    expect(scale.classes).toEqual([expect.objectContaining({ key: 'new-hot', size: 1 })]);
    expect(new Set(emergingClasses.map(({ colour }) => colour)).size).toBe(16);
    expect(emergingClass('none')).toBeUndefined();
  });

  test('of Local Moran leave out what is not significant', () => {
    const scale = measureScale('localMoran', [
      cell({ quadrant: 'high-high', localMoranP: 0.01 }),
      cell({ quadrant: 'low-low', localMoranP: 0.6 }),
    ]);
    expect(scale.classes.map((one) => 'key' in one && one.key)).toEqual(['high-high']);
  });
});

describe('a measure in words', () => {
  test('says class, q and z of Gi*', () => {
    const hot = cell({ giStarClass: 'hot99', giStarZ: 6.24, giStarQ: 0.0003, giStarP: 0.00001 });
    expect(measureWords('giStar', hot, fdr)).toBe('Hot spot at 99% confidence, q = 0.0003, z = 6.2');
    expect(measureWords('giStar', hot, { correction: 'none' })).toContain('p < 0.0001, not corrected');
    expect(measureWords('giStar', cell({ giStarClass: null }), fdr)).toContain('Not defined');
  });

  test('says from what to what a count changed, and whether that may be chance', () => {
    const rise = cell({ count: 9, previous: 4, change: 5, changeQ: 0.3 });
    expect(measureWords('change', rise, fdr)).toBe('+5, from 4 to 9: may be chance, q = 0.30');
    expect(measureWords('change', cell({ changeQ: null }), fdr)).toBe('No incidents in either period');
  });

  test('says nothing more of a count', () => {
    expect(measureWords('count', cell({}), fdr)).toBeNull();
  });

  test('writes small and negative values as one reads them', () => {
    expect(formatProbability('p', 0.00004)).toBe('p < 0.0001');
    expect(formatProbability('q', 0.0432)).toBe('q = 0.043');
    expect(formatZ(-1.44)).toBe('−1.4');
    expect(formatZ(null)).toBe('–');
  });
});

describe('the method in words', () => {
  const study = {
    areas: ['ward:E1', 'ward:E2'],
    boundaries: ['wards of 2025'],
    resolution: 9,
    cells: 1035,
    zeros: 690,
    cellsOutsideAreas: 0,
    neighbours: '',
    correction: '',
    p: 'normal',
    permutations: null,
    seed: null,
    bandwidthMetres: null,
    weight: 'count',
  };

  test('names the correction and the study', () => {
    expect(correctionWords('fdr', 1034)).toBe(
      'Corrected for testing 1,034 cells at once: false discovery rate (Benjamini–Hochberg).',
    );
    expect(correctionWords('none', 1034)).toContain('about 52 of them');
    expect(studyWords(study)).toBe('1,035 hexagons of 2 wards of 2025, 690 of them without an incident.');
    expect(studyWords({ ...study, areas: ['ward:E1'] })).toContain('of 1 of the wards of 2025,');
    expect(studyWords({ ...study, areas: [], boundaries: [] })).toContain('1,035 hexagons, 690');
  });
});

describe('a hot spot in words', () => {
  test('gives its change only where periods can be compared', () => {
    const change = { change: 336, previous: 7052, changeP: 0.0053 };
    expect(changeInWords(change, '2017')).toBe('+336 (+4.8%) from 7,052 (2017): more than chance, p = 0.005');
    expect(changeInWords(change, null)).toBeNull();
  });

  test('gives its hours only where they are known', () => {
    expect(peakWords({ peakHours: null, peakDays: null })).toBeNull();
    const peakHours = { from: 22, to: 2, share: 0.25 };
    expect(peakWords({ peakHours, peakDays: [{ day: 'sat', share: 0.2 }] })).toBe(
      'Busiest 22:00 to 02:00 (25.0%), and on Saturday',
    );
  });
});

describe('the request of a measure', () => {
  test('leaves out what is as by default or has no say', () => {
    expect(measureParameters('count', { correction: 'none', p: 'randomisation' })).toEqual([]);
    expect(measureParameters('giStar', { correction: 'fdr', p: 'normal' })).toEqual([['measures', 'giStar']]);
    expect(measureParameters('density', { correction: 'none', p: 'randomisation' })).toEqual([['measures', 'density']]);
  });

  test('is read back from the address of the answer', () => {
    const url = '/api/cells?resolution=9&measures=giStar&correction=bonferroni';
    expect(measureOf(url)).toBe('giStar');
    expect(methodOf(url)).toEqual({ correction: 'bonferroni', p: 'normal' });
    expect(measureOf('/api/cells?resolution=9')).toBe('count');
  });

  test('comes from the URL of the page; an unknown one falls back to the count', () => {
    expect(viewFromUrl('?measure=giStar').measure).toBe('giStar');
    expect(viewFromUrl('?measure=harmless').measure).toBe('count');
  });
});

test('a ranking by any value puts undefined ones last', () => {
  const items = [{ z: null }, { z: -1 }, { z: 2 }, { z: 2 }];
  const ranked = rankBy(items, ({ z }) => z, String);
  expect(ranked.map(({ z, rank }) => [z, rank])).toEqual([
    [2, 1],
    [2, 1],
    [-1, 3],
    [null, 4],
  ]);
});
