import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Areas, Catalog, Summary } from '../../server/model.ts';
import { type TestService, testService } from '../helpers/service.ts';

/** One printed figure as a question to the API. */
type Question = {
  readonly about: string;
  readonly source: string;
  readonly query: { categories: string[]; from: string; to: string; area?: string; flags?: string[] };
  readonly expected: number;
};

const folder = new URL('../golden/published/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

describe('the demo, asked through the API, gives the published tables', () => {
  let service: TestService;
  let wards: Map<string, string>;
  beforeAll(async () => {
    service = await testService('demo');
    const catalog = await service.get<Catalog>('/api/catalog');
    wards = new Map(catalog.layers[0]!.areas.map(({ code, name }) => [name, code]));
  });
  afterAll(() => service.close());

  test('it says that it is synthetic', async () => {
    expect((await service.get<Catalog>('/api/catalog')).synthetic).toBe(true);
  });

  test.each(files)('%s', async (file) => {
    const questions: Question[] = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
    expect(questions.length).toBeGreaterThan(0);
    for (const { about, query, expected } of questions) {
      const summary = await service.get<Summary>(`/api/summary?${queryString(query, wards)}`);
      expect({ about, total: summary.total }).toEqual({ about, total: expected });
    }
  });

  test('the ward table of secondary fires in 2018 is the printed one', async () => {
    const { areas, total } = await service.get<Areas>(
      '/api/areas/ward?categories=fire.secondary&from=2018-01-01&to=2018-12-31',
    );
    expect(total).toBe(461);
    expect(Object.fromEntries(areas.map(({ name, count }) => [name, count]))).toMatchObject({
      'Headland and Harbour': 87,
      'Manor House': 82,
      Seaton: 71,
      'De Bruce': 70,
      Jesmond: 14,
    });
  });
});

function queryString(
  { categories, from, to, area, flags }: Question['query'],
  wards: ReadonlyMap<string, string>,
): string {
  const query = new URLSearchParams({ categories: categories.join(','), from, to });
  if (flags) query.set('flags', flags.join(','));
  if (area) query.set('area', `ward:${wards.get(area)}`);
  return query.toString();
}
