import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { booleanPointInPolygon } from '@turf/turf';
import { parse } from 'csv-parse/sync';
import { cellToLatLng } from 'h3-js';
import { expect, it } from 'vitest';
import {
  type Areas,
  type Catalog,
  type Cells,
  compactType,
  finestResolution,
  resolutionForZoom,
} from '../../server/model.ts';
import { cellOfFeature, readCompact, readTile, tileAt } from '../helpers/read-tile.ts';
import type { TestService } from '../helpers/service.ts';
import { dozenFilters } from './dozen-filters.ts';

/** Tables in other forms, and vector tiles. */
export function formsAndTiles(service: () => TestService): void {
  const get = <T>(address: string) => service().get<T>(address);
  const inject = (url: string, headers: Record<string, string> = {}) => service().app.inject({ url, headers });

  it.each([
    ['/api/cells?resolution=8&compare=previous-year&from=2018-01-01', 'cells', 'cells', {}],
    ['/api/areas/ward?categories=asb', 'areas', 'ward-2013-12-01', { layer: 'ward', valid_from: '2013-12-01' }],
  ])('gives %s as CSV with the same numbers', async (address, list, fileName, boundaries) => {
    const json = await get<Record<string, Record<string, unknown>[]>>(address);
    const response = await inject(`${address}&format=csv`);
    expect(response.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(response.headers['content-disposition']).toBe(`attachment; filename="${fileName}.csv"`);
    const rows = parse(response.body, { columns: true }) as Record<string, string>[];
    expect(rows).toEqual(
      json[list]!.map((row) => ({
        ...Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)])),
        ...boundaries,
      })),
    );
  });

  it('gives cells and areas as GeoJSON with the same numbers, each around its middle', async () => {
    const cells = await get<Cells>('/api/cells?resolution=8');
    const hexagons = (await inject('/api/cells?resolution=8', { accept: 'application/geo+json' })).json();
    expect(hexagons.features.map(({ properties }: { properties: unknown }) => properties)).toEqual(cells.cells);
    for (const { geometry, properties } of hexagons.features) {
      const [lat, lng] = cellToLatLng(properties.cell);
      expect(booleanPointInPolygon([lng, lat], geometry)).toBe(true);
    }
    const areas = await get<Areas>('/api/areas/ward');
    const wards = (await inject('/api/areas/ward?format=geojson')).json();
    expect(wards.type).toBe('FeatureCollection');
    expect(wards.features.map(({ properties }: { properties: unknown }) => properties)).toEqual(
      areas.areas.map((area) => ({ ...area, layer: 'ward', valid_from: '2013-12-01' })),
    );
    expect(wards.features.every((ward: { geometry: { type: string } }) => ward.geometry.type === 'MultiPolygon')).toBe(
      true,
    );
  });

  it.each([
    ['text/csv', 'text/csv; charset=utf-8'],
    ['text/html,text/csv;q=0.8', 'text/csv; charset=utf-8'],
    ['application/geo+json', 'application/geo+json; charset=utf-8'],
    ['application/json', 'application/json; charset=utf-8'],
    ['*/*', 'application/json; charset=utf-8'],
    ['nonsense', 'application/json; charset=utf-8'],
  ])('answers Accept: %s with %s', async (accept, type) => {
    const { headers } = await inject('/api/cells?resolution=6', { accept });
    expect(headers['content-type']).toBe(type);
    expect(headers.vary).toContain('accept');
  });

  it('sends tiles compressed to who can read that, and plain to who cannot', async () => {
    const url = '/tiles/cells/10/508/325.mvt?resolution=9';
    const plain = await inject(url);
    expect(plain.headers['content-encoding']).toBeUndefined();
    for (const [encoding, unpack] of [
      ['gzip', gunzipSync],
      ['br', brotliDecompressSync],
    ] as const) {
      const packed = await inject(url, { 'accept-encoding': encoding });
      expect(packed.headers['content-encoding']).toBe(encoding);
      expect(unpack(packed.rawPayload).equals(plain.rawPayload)).toBe(true);
      expect(packed.headers.vary).toContain('accept-encoding');
      expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2);
    }
    const refused = await inject(url, { 'accept-encoding': 'gzip;q=0, identity' });
    expect(refused.headers['content-encoding']).toBeUndefined();
    expect(plain.headers['content-type']).toBe('application/vnd.mapbox-vector-tile');
  });

  it('sends 204 for a tile with nothing in it', async () => {
    for (const url of [
      '/tiles/cells/9/0/0.mvt',
      '/tiles/areas/ward/9/0/0.mvt',
      '/tiles/cells/9/254/162.mvt?to=2001-01-01',
    ]) {
      const response = await inject(url);
      expect([response.statusCode, response.body]).toEqual([204, '']);
    }
  });

  it('describes both families of tiles in TileJSON 3.0, with addresses that work', async () => {
    const { version, bounds } = await get<Catalog>('/api/catalog');
    for (const [address, layers] of [
      ['/tiles/cells.json?categories=asb&hours=18-23', ['cells']],
      ['/tiles/areas/ward.json?weekdays=fri', ['areas', 'labels']],
    ] as const) {
      const described = await get<
        Record<string, unknown> & { tiles: string[]; vector_layers: { id: string; fields: object }[] }
      >(address);
      expect(described).toMatchObject({ tilejson: '3.0.0', minzoom: 0, maxzoom: 22, bounds });
      expect(described.attribution).toContain('Synthetic');
      expect(described.vector_layers.map(({ id }) => id)).toEqual(layers);
      const url = new URL(described.tiles[0]!.replace('{z}', '9').replace('{x}', '254').replace('{y}', '162'));
      expect(url.searchParams.get('v')).toBe(String(version));
      const tile = readTile((await inject(url.pathname + url.search)).rawPayload);
      for (const { id, fields } of described.vector_layers) {
        expect(Object.keys(fields)).toEqual(expect.arrayContaining(Object.keys(tile[id]![0]!.properties)));
      }
    }
  });

  it('counts the same in the tiles of any zoom as in the table', async () => {
    const [west, south, east, north] = (await get<Catalog>('/api/catalog')).bounds!;
    for (const [z, filter] of [
      ...[0, 4, 8, 10, 11, 13].map((z) => [z, {}] as const),
      ...dozenFilters.map((filter) => [12, filter] as const),
    ]) {
      const query = new URLSearchParams(filter);
      const found = new Map<string, number>();
      const [first, last] = [tileAt({ lat: north, lng: west }, z), tileAt({ lat: south, lng: east }, z)];
      for (let x = first.x - 1; x <= last.x + 1; x++) {
        for (let y = first.y - 1; y <= last.y + 1; y++) {
          if (x < 0 || y < 0 || x >= 2 ** z || y >= 2 ** z) continue;
          const { statusCode, rawPayload } = await inject(`/tiles/cells/${z}/${x}/${y}.mvt?${query}`);
          if (statusCode === 204) continue;
          for (const { id, properties } of readTile(rawPayload).cells!) {
            const cell = cellOfFeature({ id }, resolutionForZoom(z));
            const count = Number(properties.count);
            expect(found.get(cell) ?? count).toBe(count);
            found.set(cell, count);
          }
        }
      }
      const table = await get<Cells>(`/api/cells?${query}&resolution=${resolutionForZoom(z)}`);
      const drawn = table.cells.filter(({ cell }) => found.has(cell));
      expect(drawn).toHaveLength(table.cells.length);
      expect(found.size).toBe(table.cells.length);
      expect([...found.values()].reduce((sum, count) => sum + count, 0)).toBe(table.located);
    }
  });

  it('draws wards and their names with the numbers of the table', async () => {
    const { areas } = await get<Areas>('/api/areas/ward?categories=violence');
    const tile = readTile((await inject('/tiles/areas/ward/9/254/162.mvt?categories=violence')).rawPayload);
    for (const layer of ['areas', 'labels']) {
      const drawn = new Map(tile[layer]!.map(({ properties }) => [properties.code, properties]));
      for (const area of areas) expect(drawn.get(area.code)).toEqual(area);
      expect(drawn.size).toBe(areas.length);
    }
  });

  it('draws at any resolution asked for', async () => {
    for (let resolution = 6; resolution <= finestResolution; resolution++) {
      const { rawPayload } = await inject(`/tiles/cells/9/254/162.mvt?resolution=${resolution}&area=ward:E05008951`);
      const table = await get<Cells>(`/api/cells?resolution=${resolution}&area=ward:E05008951`);
      const drawn = readTile(rawPayload).cells!.reduce((sum, { properties }) => sum + Number(properties.count), 0);
      expect(drawn).toBe(table.located);
    }
  });

  it('carries the earlier count of a comparison, cells that have become empty too', async () => {
    const query = 'from=2018-06-01&to=2018-06-30&compare=previous-period&resolution=9';
    const { rawPayload } = await inject(`/tiles/cells/9/254/162.mvt?${query}&properties=cell`);
    const { cells } = await get<Cells>(`/api/cells?${query}`);
    const drawn = readTile(rawPayload).cells!.map(({ properties }) => properties);
    expect(drawn.filter(({ count }) => count === 0).length).toBeGreaterThan(0);
    expect(new Map(drawn.map((cell) => [cell.cell, cell]))).toEqual(new Map(cells.map((cell) => [cell.cell, cell])));
  });

  it('tells a cell by the id of its feature, and by its H3 index if that is asked for', async () => {
    const tile = '/tiles/cells/11/1017/650.mvt?categories=asb';
    const plain = readTile((await inject(tile)).rawPayload).cells!;
    const named = readTile((await inject(`${tile}&properties=cell`)).rawPayload).cells!;
    expect(plain.every(({ properties }) => Object.keys(properties).join() === 'count')).toBe(true);
    expect(named.map(({ properties }) => properties.cell)).toEqual(plain.map((cell) => cellOfFeature(cell, 9)));
    expect((await inject(`${tile}&properties=all`)).statusCode).toBe(400);
  });

  it('needs about eleven bytes a cell for a drawn tile, and about one for its numbers', async () => {
    const url = '/tiles/cells/10/508/325.mvt?resolution=9';
    const drawn = await inject(url, { 'accept-encoding': 'gzip' });
    const cells = readTile(gunzipSync(drawn.rawPayload)).cells!.length;
    expect(cells).toBeGreaterThan(300);
    // a tile of few cells is a little dearer: the fuller one of encode-cells.test.ts keeps below eleven
    expect(drawn.rawPayload.length / cells).toBeLessThan(12);
    const numbers = await inject(url, { 'accept-encoding': 'gzip', accept: compactType });
    expect(readCompact(gunzipSync(numbers.rawPayload)).cells).toHaveLength(cells);
    expect(numbers.rawPayload.length / cells).toBeLessThan(2.5);
  });

  it.each(dozenFilters)(
    'gives the same numbers in the compact form as in the table and on the tile: %j',
    async (filter) => {
      const query = `${new URLSearchParams(filter)}&resolution=9`;
      const table = await get<Cells>(`/api/cells?${query}`);
      const listed = await inject(`/api/cells?${query}`, { accept: compactType });
      const rows = table.cells.map(({ cell, count, previous }) => ({
        cell,
        values: previous === undefined ? [count] : [count, previous],
      }));
      expect(listed.headers['content-type']).toBe(compactType);
      expect(Number(listed.headers['hotspot-total'])).toBe(table.total);
      expect(Number(listed.headers['hotspot-located'])).toBe(table.located);
      expect(Number(listed.headers['hotspot-version'])).toBe(table.version);
      expect(readCompact(listed.rawPayload)).toEqual({ resolution: 9, cells: rows });
      const url = `/tiles/cells/10/508/325.mvt?${query}`;
      const drawn = await inject(url);
      const numbers = await inject(url, { accept: compactType });
      expect(numbers.statusCode).toBe(drawn.statusCode);
      if (drawn.statusCode === 204) return;
      const features = readTile(drawn.rawPayload).cells!;
      expect(readCompact(numbers.rawPayload).cells.map(({ cell, values }) => [cell, values[0]])).toEqual(
        features.map((feature) => [cellOfFeature(feature, 9), feature.properties.count]),
      );
      expect(numbers.headers.etag).not.toBe(drawn.headers.etag);
    },
  );

  it('refuses statistics in the compact form, in words', async () => {
    for (const url of ['/api/cells?measures=giStar', '/tiles/cells/11/1017/650.mvt?measures=giStar']) {
      const { statusCode, body } = await inject(url, { accept: compactType });
      expect(statusCode).toBe(400);
      expect(JSON.parse(body).error.message).toContain('counts only');
    }
  });

  it('knows a tile again by its address, and answers 304 to who has it', async () => {
    const url = '/tiles/cells/10/508/325.mvt?categories=violence';
    const first = await inject(url, { 'accept-encoding': 'br' });
    const again = await inject(url, { 'accept-encoding': 'br' });
    expect(again.rawPayload.equals(first.rawPayload)).toBe(true);
    expect(again.headers).toMatchObject({ etag: first.headers.etag, 'cache-control': 'private, no-cache' });
    expect((await inject(url, { 'if-none-match': String(first.headers.etag) })).statusCode).toBe(304);
    const permuted = await inject('/tiles/cells/10/508/325.mvt?v=7&categories=violence');
    expect(permuted.headers.etag).toBe(first.headers.etag);
  });
}
