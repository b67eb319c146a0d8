import { expect, it } from 'vitest';
import { errorSchema } from '../../server/model.ts';
import type { TestService } from '../helpers/service.ts';

const reading = ['/api/summary', '/api/cells', '/api/areas/ward', '/tiles/cells/9/254/162.mvt', '/tiles/cells.json'];

/** What requests are refused, and how. */
export function refusals(service: () => TestService): void {
  it.each([
    'categories=arson',
    'categories=',
    'categories=violence,',
    'flags=drunk',
    'flags=domestic,-domestic',
    'from=2018-02-31',
    'from=2018',
    'from=2018-12-31&to=2018-01-01',
    'from=2017-01-01&from=2018-01-01',
    'hours=24',
    'hours=',
    'hours=22-3',
    'weekdays=Montag',
    'area=E05008951',
    'area=ward:E99999999',
    'area=nowhere:E05008951',
    'compare=yesterday',
    'compare=2018-01-01..2017-01-01',
    'category=violence',
    'Categories=violence',
    '__proto__=1',
    'constructor=1',
  ])('refuses ?%s on every reading route', async (query) => {
    for (const path of reading) {
      const response = await service().app.inject(`${path}?${query}`);
      expect(response.statusCode, path).toBe(400);
      const { error } = errorSchema.strict().parse(response.json());
      expect(error.code).toBe('invalid-input');
      expect(error.message).not.toContain('\n');
    }
  });

  it('names an unknown parameter, an unknown value and the remedy', async () => {
    const message = async (query: string) => {
      const response = await service().app.inject(`/api/summary?${query}`);
      return errorSchema.parse(response.json()).error.message;
    };
    expect(await message('hour=5')).toContain('"hour"');
    expect(await message('categories=arson')).toBe('categories: there is no "arson"; /api/catalog lists the codes');
  });

  it.each(['2', '13', '9.5', 'nine', '', '-9', '9&resolution=8'])('refuses resolution=%s', async (resolution) => {
    for (const path of ['/api/cells', '/tiles/cells/9/254/162.mvt']) {
      const response = await service().app.inject(`${path}?resolution=${resolution}`);
      expect(response.statusCode, path).toBe(400);
      expect(errorSchema.parse(response.json()).error.message).toContain('resolution');
    }
  });

  it.each(['xml', '', 'json,csv'])('refuses format=%s', async (format) => {
    expect((await service().app.inject(`/api/cells?format=${format}`)).statusCode).toBe(400);
  });

  it.each([
    '/api/areas/parish',
    '/api/areas/ward?vintage=1999-01-01',
    '/tiles/areas/parish.json',
    '/tiles/areas/parish/9/254/162.mvt',
    '/tiles/cells/9/512/162.mvt',
    '/tiles/cells/9/254/512.mvt',
    '/tiles/cells/0/1/0.mvt',
    '/tiles/areas/ward/9/512/162.mvt',
  ])('finds nothing at %s', async (address) => {
    const response = await service().app.inject(address);
    expect(response.statusCode).toBe(404);
    expect(errorSchema.parse(response.json()).error.code).toBe('not-found');
  });

  it.each(['/tiles/cells/-1/0/0.mvt', '/tiles/cells/23/0/0.mvt', '/tiles/cells/9/1.5/0.mvt', '/tiles/cells/9/x/0.mvt'])(
    'refuses the tile address %s',
    async (address) => {
      expect((await service().app.inject(address)).statusCode).toBe(400);
    },
  );

  it.each([
    "violence'; drop table incident; --",
    "' or 1=1 --",
    'violence") union select * from incident --',
    '%00',
    '$1',
    '\\',
    '../../etc/passwd',
    '<script>alert(1)</script>',
  ])('takes %j for what it is: a name that does not exist', async (value) => {
    const before = await service().get<{ total: number }>('/api/summary');
    const text = value === '%00' ? value : encodeURIComponent(value);
    for (const query of [`categories=${text}`, `flags=${text}`, `from=${text}`, `hours=${text}`, `area=ward:${text}`]) {
      const response = await service().app.inject(`/api/summary?${query}`);
      expect(response.statusCode, query).toBe(400);
      expect(response.headers['content-type']).toContain('application/json');
    }
    expect((await service().app.inject(`/api/areas/${text}`)).statusCode).toBe(404);
    expect((await service().app.inject(`/api/areas/ward?vintage=${text}`)).statusCode).toBe(404);
    expect(await service().get('/api/summary')).toEqual(before);
  });
}
