import { area } from '@turf/turf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HarmIndex } from '../../server/import/harm-index.ts';
import type { Cells, Hotspots, Summary } from '../../server/model.ts';
import { cellOfFeature, readTile } from '../helpers/read-tile.ts';
import { type TestService, testService } from '../helpers/service.ts';

const harm: HarmIndex = {
  title: 'A made-up index',
  version: '1',
  unit: 'points',
  source: 'this test',
  weightOf: (category) => (category.startsWith('violence') ? 10 : category.startsWith('fire') ? 2.5 : 0),
};

describe('measures of cells, and hotspots, on the demo', () => {
  let service: TestService;
  const year = 'from=2018-01-01&to=2018-12-31';
  const cells = (query: string) => service.get<Cells>(`/api/cells?${query}`);
  beforeAll(async () => {
    service = await testService('demo', undefined, harm);
  });
  afterAll(() => service.close());

  test('with a statistic every cell of the study area is there, zeros included, and counts still add up', async () => {
    const plain = await cells(`${year}&categories=asb`);
    const measured = await cells(`${year}&categories=asb&measures=count,giStar`);
    expect(measured.cells.length).toBe(measured.study!.cells);
    expect(measured.cells.filter(({ count }) => count === 0).length).toBe(measured.study!.zeros);
    expect(measured.study!.zeros).toBeGreaterThan(100);
    expect(measured.cells.reduce((sum, { count }) => sum + count, 0)).toBe(plain.located);
    const occupied = measured.cells.filter(({ count }) => count > 0).map(({ cell, count }) => ({ cell, count }));
    expect(occupied).toEqual(plain.cells);
  });

  test('the study area is the areas of the filter', async () => {
    const whole = await cells(`${year}&measures=giStar`);
    const ward = await cells(`${year}&measures=giStar&area=ward:E05008952`);
    expect(ward.study!.areas).toEqual(['ward:E05008952']);
    expect(whole.study!.areas).toHaveLength(11);
    expect(ward.study!.cells).toBeLessThan(whole.study!.cells / 5);
  });

  test('classes follow q, Bonferroni’s p or p itself, each stricter than the next', async () => {
    const hot = async (correction: string) => {
      const answer = await cells(`${year}&categories=violence&measures=giStar&correction=${correction}`);
      return answer.cells.filter(({ giStarClass }) => giStarClass?.startsWith('hot')).length;
    };
    const [none, fdr, bonferroni] = [await hot('none'), await hot('fdr'), await hot('bonferroni')];
    expect(none).toBeGreaterThan(fdr);
    expect(fdr).toBeGreaterThan(bonferroni);
    expect(bonferroni).toBeGreaterThan(0);
  });

  test('sparse counts are told, and a seeded permutation is offered instead', async () => {
    const fires = `${year}&categories=fire.primary&measures=giStar,localMoran`;
    expect((await cells(fires)).notes!.join(' ')).toContain('p=randomisation');
    for (const p of ['randomisation', 'conditional']) {
      const first = await cells(`${fires}&p=${p}&permutations=999&seed=7`);
      const again = await service.app.inject(`/api/cells?${fires}&p=${p}&permutations=999&seed=7`);
      const other = await cells(`${fires}&p=${p}&permutations=999&seed=8`);
      expect(again.json()).toEqual(first);
      expect(other.cells).not.toEqual(first.cells);
      expect(first.study).toMatchObject({ p, permutations: 999, seed: 7 });
    }
  });

  test('density integrates to the incidents, away from the edge', async () => {
    const {
      cells: rows,
      located,
      study,
    } = await cells(`${year}&categories=crime.shoplifting&measures=density&bandwidth=500`);
    const areaSquareKilometres = 0.091;
    const sum = rows.reduce((total, { density }) => total + density! * areaSquareKilometres, 0);
    expect(study!.bandwidthMetres).toBe(500);
    expect(Math.abs(sum / located - 1)).toBeLessThan(0.1);
  });

  test('change compares with the earlier period by an exact test, and says null where that is a gap', async () => {
    const compared = await cells(`${year}&categories=asb&measures=change&compare=previous-year`);
    const summary = await service.get<Summary>(`/api/summary?${year}&categories=asb&compare=previous-year`);
    const unlocated = summary.total - summary.located;
    expect(compared.cells.reduce((sum, { previous }) => sum + previous!, 0)).toBe(summary.previous! - unlocated);
    for (const { count, previous, change, changeP } of compared.cells) {
      expect(change).toBe(count - previous!);
      expect(changeP === null).toBe(count + previous! === 0);
    }
    const gap = await cells(`${year}&categories=asb&measures=change&compare=2015-01-01..2015-12-31`);
    expect(
      gap.cells.every(({ previous, change, changeP, changeQ }) =>
        [previous, change, changeP, changeQ].every((value) => value === null),
      ),
    ).toBe(true);
    expect(gap.notes!.join(' ')).toContain('gaps, not zeros');
    expect((await service.app.inject(`/api/cells?${year}&measures=change`)).json().error.message).toContain('compare=');
  });

  test('emerging classes tell of equal periods, and leave out those in which nothing is held', async () => {
    const { cells: rows, notes } = await cells(
      'from=2017-01-01&to=2018-12-31&categories=violence&measures=emerging&steps=8',
    );
    expect(new Set(rows.map(({ emerging }) => emerging))).toContain('none');
    expect(rows.some(({ emerging }) => emerging !== 'none')).toBe(true);
    expect(notes!.join(' ')).toContain('compare 8 periods, from 2017-01-01 to 2018-12-31');
    const early = await cells('from=2016-01-01&to=2018-12-31&categories=violence&measures=emerging&steps=12');
    expect(early.notes!.join(' ')).toContain('4 periods in which nothing is held are left out');
  });

  test('harm weighs incidents by their categories, and every statistic can be made of it', async () => {
    const fires = await cells(`${year}&categories=fire&measures=harm`);
    for (const { count, harm: weight } of fires.cells) expect(weight).toBeCloseTo(count * 2.5, 9);
    // every weight of violence is 10 here, and scaling does not change Gi*
    const weighted = await cells(`${year}&categories=violence&measures=giStar,harm&weight=harm`);
    const counted = await cells(`${year}&categories=violence&measures=giStar`);
    weighted.cells.forEach(({ giStarZ }, index) => {
      expect(giStarZ).toBeCloseTo(counted.cells[index]!.giStarZ!, 8);
    });
    // anti-social behaviour weighs nothing, so that violence alone decides
    const mixed = await cells(`${year}&categories=asb,violence&measures=giStar&weight=harm`);
    const hottest = (rows: Cells['cells']) => rows.reduce((a, b) => (b.giStarZ! > a.giStarZ! ? b : a)).cell;
    expect(hottest(mixed.cells)).toBe(hottest(counted.cells));
    expect(weighted.notes!.join(' ')).toContain('A made-up index, version 1');
  });

  test('tiles carry the same measures as the table', async () => {
    const query = `${year}&categories=violence&measures=giStar&resolution=9`;
    const table = new Map((await cells(query)).cells.map((row) => [row.cell, row]));
    const response = await service.app.inject(`/tiles/cells/11/1017/650.mvt?${query}`);
    const features = readTile(response.rawPayload).cells!;
    expect(features.length).toBeGreaterThan(50);
    for (const { id, properties } of features) {
      const row = table.get(cellOfFeature({ id }, 9))!;
      expect(properties).toMatchObject({ count: row.count, giStarZ: row.giStarZ, giStarClass: row.giStarClass });
    }
  });

  test('hotspots are ranked, named, and made of touching significant cells', async () => {
    const query = `${year}&categories=violence&compare=previous-year`;
    const { hotspots, located, study } = await service.get<Hotspots>(`/api/hotspots?${query}`);
    const rows = (await cells(`${year}&categories=violence&compare=previous-year&measures=giStar`)).cells;
    const significant = rows.filter(({ giStarClass }) => giStarClass === 'hot95' || giStarClass === 'hot99');
    expect(hotspots.flatMap((place) => place.cells).sort()).toEqual(significant.map(({ cell }) => cell).sort());
    expect(hotspots.map(({ count }) => count)).toEqual(hotspots.map(({ count }) => count).sort((a, b) => b - a));
    const counts = new Map(rows.map(({ cell, count }) => [cell, count]));
    for (const place of hotspots) {
      expect(place.count).toBe(place.cells.reduce((sum, cell) => sum + counts.get(cell)!, 0));
      expect(place.share).toBeCloseTo(place.count / located, 12);
      expect(place.change).toBe(place.count - place.previous!);
      expect(place.areaSquareKilometres / (area(place.polygon) / 1e6)).toBeCloseTo(1, 1);
      expect(place.hotMonths).toBeLessThanOrEqual(12);
      expect(place.id).toContain(
        rows.filter(({ cell }) => place.cells.includes(cell)).reduce((a, b) => (b.giStarZ! > a.giStarZ! ? b : a)).cell,
      );
    }
    expect(hotspots[0]!.name).toMatch(/\w+ (Street|Road|Lane|Avenue|Drive|Grove)/);
    expect(study.correction).toContain('Benjamini');
  });

  test('day and night are ranked apart, and add up to both', async () => {
    const count = async (period: string) =>
      (await service.get<Hotspots>(`/api/hotspots?${year}&categories=asb&period=${period}`)).total;
    const { total, withoutHour } = await service.get<Summary>(`/api/summary?${year}&categories=asb`);
    expect((await count('day')) + (await count('night'))).toBe(total - withoutHour);
    expect((await service.app.inject(`/api/hotspots?hours=8-12&period=night`)).statusCode).toBe(400);
  });

  test('hotspots come as CSV and GeoJSON too', async () => {
    const geojson = (await service.app.inject(`/api/hotspots?${year}&format=geojson`)).json();
    expect(geojson.features[0].geometry.type).toBe('MultiPolygon');
    const csv = (await service.app.inject(`/api/hotspots?${year}&format=csv`)).body;
    expect(csv.split('\r\n')[0]).toContain('rank,id,name,count');
  });

  test('unknown measures and a missing harm index are refused in words', async () => {
    const unknown = await service.app.inject('/api/cells?measures=heat');
    expect(unknown.json().error.message).toContain('there is no "heat"');
  });
});
