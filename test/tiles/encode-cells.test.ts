import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { cellToBoundary, getPentagons, gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { cellGeometry } from '../../server/tiles/cell-geometry.ts';
import { type CellProperty, encodeCells } from '../../server/tiles/encode-cells.ts';
import type { TileAddress } from '../../server/tiles/mercator.ts';
import { findCells, outlineTile } from '../../server/tiles/outline-tile.ts';
import { readTile, ringArea, type TileFeature, tileAt } from '../helpers/read-tile.ts';

const extent = 2048;
const hartlepool = { lat: 54.686, lng: -1.212 };

/** The bytes of a tile on which those cells are drawn that pass, all unless told otherwise. */
function encode(
  cells: readonly string[],
  address: TileAddress,
  properties: readonly CellProperty[],
  passes: (cell: number) => boolean = () => true,
): Uint8Array | null {
  const geometry = cellGeometry(cells);
  const ids = cells.map((cell) => Number.parseInt(cell.slice(-13), 16));
  const outlines = outlineTile(findCells(address, geometry), geometry, ids);
  const ofDrawn = properties.map(({ name, values }) => ({
    name,
    values: Array.from(outlines.cells, (cell) => values[cell]!),
  }));
  const isDrawn = Uint8Array.from(outlines.cells, (cell) => Number(passes(cell)));
  return encodeCells(outlines, isDrawn, ofDrawn);
}

function draw(cells: readonly string[], address: TileAddress, more: readonly CellProperty[] = []): TileFeature[] {
  const bytes = encode(cells, address, [{ name: 'cell', values: cells }, ...more]);
  return bytes ? readTile(bytes).cells! : [];
}

const around = (resolution: number, rings = 3, { lat, lng } = hartlepool) =>
  gridDisk(latLngToCell(lat, lng, resolution), rings);

/** What the specification asks of polygons, and MapLibre of coordinates. */
function expectValid({ rings, type }: TileFeature): void {
  expect(type).toBe(3);
  expect(rings).toHaveLength(1);
  const ring = rings[0]!;
  expect(ring.length).toBeGreaterThanOrEqual(4);
  expect(ring[0]).toEqual(ring.at(-1));
  expect(ringArea(ring)).toBeGreaterThan(0);
  ring.slice(1).forEach(({ x, y }, index) => {
    expect(x === ring[index]!.x && y === ring[index]!.y).toBe(false);
    // MapLibre takes coordinates times four and keeps them in sixteen bits
    expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThan(4096);
  });
}

describe('a tile of cells', () => {
  it('carries ids, properties and outlines that another reader understands', () => {
    const cells = around(9);
    const features = draw(cells, tileAt(hartlepool, 12), [
      { name: 'count', values: cells.map((_, index) => index) },
      { name: 'change', values: cells.map((_, index) => (index % 2 ? index / -4 : null)) },
    ]);
    expect(features.length).toBeGreaterThan(10);
    for (const { id, properties } of features) {
      const index = cells.indexOf(properties.cell as string);
      expect(id).toBe(Number(BigInt(`0x${cells[index]}`) & 0xfffffffffffffn));
      expect(properties).toEqual({
        cell: cells[index],
        count: index,
        ...(index % 2 && { change: index / -4 }),
      });
    }
  });

  it('carries large, negative, fractional and odd values unchanged', () => {
    const cells = around(9, 1);
    const numbers = [0, 127, 128, 2 ** 32, Number.MAX_SAFE_INTEGER, -1, 0.1];
    const texts = ['', 'é', '日本', 'a'.repeat(40_000), '"', '\0', '1'];
    const features = draw(cells, tileAt(hartlepool, 13), [
      { name: 'number', values: numbers },
      { name: 'text', values: texts },
    ]);
    expect(features).toHaveLength(7);
    for (const { properties } of features) {
      const index = cells.indexOf(properties.cell as string);
      expect([properties.number, properties.text]).toEqual([numbers[index], texts[index]]);
    }
  });

  it('is valid at every zoom and resolution: closed, clockwise, no point twice, within sixteen bits', () => {
    for (let resolution = 3; resolution <= 12; resolution++) {
      const cells = around(resolution, 2);
      for (let z = 0; z <= 22; z++) draw(cells, tileAt(hartlepool, z)).forEach(expectValid);
    }
  });

  it('loses no cell at low zooms, though it be smaller than a unit', () => {
    const cells = around(12, 4);
    for (const z of [0, 2, 5, 9]) expect(draw(cells, tileAt(hartlepool, z))).toHaveLength(cells.length);
  });

  it('draws a hexagon at the corners that H3 gives it', () => {
    const cell = latLngToCell(hartlepool.lat, hartlepool.lng, 9);
    const address = tileAt(hartlepool, 16);
    const ring = draw([cell], address)[0]!.rings[0]!;
    const corners = cellToBoundary(cell).map(([lat, lng]) => {
      const sine = Math.sin((lat * Math.PI) / 180);
      const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
      return [(lng / 360 + 0.5) * 2 ** 16 - address.x, y * 2 ** 16 - address.y].map((unit) =>
        Math.round(unit * extent),
      );
    });
    const found = ring.slice(1).map(({ x, y }) => `${x} ${y}`);
    expect(found.sort()).toEqual(corners.map(([x, y]) => `${x} ${y}`).sort());
  });

  it.each([6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16])(
    'meets its neighbours without gaps at zoom %i: one hexagon has the same corners in every tile',
    (z) => {
      const resolution = Math.min(9, Math.max(3, z - 4));
      const cells = around(resolution, 12);
      const middle = tileAt(hartlepool, z);
      const corners = new Map<string, string>();
      let shared = 0;
      for (const [dx, dy] of [0, 1, -1].flatMap((x) => [0, 1, -1].map((y) => [x, y] as const))) {
        const address = { z, x: middle.x + dx, y: middle.y + dy };
        for (const { properties, rings } of draw(cells, address)) {
          // only at zoom 16 does a hexagon reach further than fifteen bits, far outside the tile, and is cut there
          if (z === 16 && rings[0]!.some(({ x, y }) => Math.max(x, y) === 4095)) continue;
          const world = rings[0]!
            .slice(1)
            .map(({ x, y }) => `${x + address.x * extent} ${y + address.y * extent}`)
            .sort()
            .join();
          const before = corners.get(properties.cell as string);
          if (before !== undefined) shared++;
          expect(before ?? world).toBe(world);
          corners.set(properties.cell as string, world);
        }
      }
      expect(shared).toBeGreaterThan(2);
    },
  );

  it('covers the ground without gaps: corners of adjoining hexagons are the same points', () => {
    const cells = around(9, 4);
    const address = tileAt(hartlepool, 12);
    const uses = new Map<string, number>();
    for (const { rings } of draw(cells, address)) {
      for (const { x, y } of rings[0]!.slice(1)) uses.set(`${x} ${y}`, (uses.get(`${x} ${y}`) ?? 0) + 1);
    }
    // of 61 hexagons in a disk, every corner inside belongs to three
    const three = [...uses.values()].filter((count) => count === 3).length;
    expect(three).toBe(6 * 4 * 4);
  });

  it('needs at most eleven bytes a cell of a tile full of cells, gzipped', () => {
    const cells = around(9, 60).sort();
    // most cells hold few incidents and few hold many, as in a town
    const values = cells.map((_, at) => 1 + Math.floor(-4 * Math.log((((at * 7919) % 1000) + 1) / 1001)));
    const tile = encode(cells, tileAt(hartlepool, 11), [{ name: 'count', values }]);
    const drawn = readTile(tile!).cells!.length;
    expect(drawn).toBeGreaterThan(1000);
    expect(gzipSync(tile!, { level: 9 }).length / drawn).toBeLessThan(11);
  });

  it('draws a cell larger than the tile over the whole of it', () => {
    const cell = latLngToCell(hartlepool.lat, hartlepool.lng, 7);
    for (const z of [16, 18, 20, 22]) {
      const [feature] = draw([cell], tileAt(hartlepool, z));
      expectValid(feature!);
      const xs = feature!.rings[0]!.map(({ x }) => x);
      const ys = feature!.rings[0]!.map(({ y }) => y);
      expect([Math.min(...xs), Math.min(...ys)].every((least) => least <= -64)).toBe(true);
      expect([Math.max(...xs), Math.max(...ys)].every((most) => most >= extent + 64)).toBe(true);
    }
  });

  it('leaves out cells that are not drawn, and is null where none is left', () => {
    const cells = around(9, 1);
    const address = tileAt(hartlepool, 12);
    expect(encode(cells, address, [], () => false)).toBeNull();
    const one = encode(cells, address, [], (cell) => cell === 3);
    expect(readTile(one!).cells!.map(({ id }) => id)).toEqual([Number.parseInt(cells[3]!.slice(-13), 16)]);
    expect(draw(cells, { z: 12, x: 0, y: 0 })).toEqual([]);
    expect(draw([], address)).toEqual([]);
  });

  it('draws pentagons, and cells whose edges the grid bends', () => {
    for (const resolution of [3, 4, 5]) {
      for (const pentagon of getPentagons(resolution)) {
        const [lat, lng] = cellToBoundary(pentagon)[0]!;
        if (Math.abs(lat) > 80) continue;
        const features = draw(gridDisk(pentagon, 1), tileAt({ lat, lng }, 6));
        expect(features.some(({ properties }) => properties.cell === pentagon)).toBe(true);
        features.forEach(expectValid);
      }
    }
  });

  it('draws a cell that crosses the antimeridian where it is, not as a band around the world', () => {
    const cell = latLngToCell(-16.5, 179.999, 5);
    const sides = [179.99, -179.99].map((lng) => draw([cell], tileAt({ lat: -16.5, lng }, 6)));
    expect(sides.map((drawn) => drawn.length)).toEqual([1, 1]);
    for (const { rings } of sides.flat()) {
      const xs = rings[0]!.map(({ x }) => x);
      expect(Math.max(...xs) - Math.min(...xs)).toBeLessThan(500);
    }
    expect(draw([cell], tileAt({ lat: -16.5, lng: 10 }, 6))).toEqual([]);
  });

  it('is valid anywhere', () =>
    fc.assert(
      fc.property(
        fc.double({ min: -84, max: 84, noNaN: true }),
        fc.double({ min: -179, max: 179, noNaN: true }),
        fc.integer({ min: 3, max: 12 }),
        fc.integer({ min: 0, max: 22 }),
        (lat, lng, resolution, z) => {
          const features = draw(around(resolution, 1, { lat, lng }), tileAt({ lat, lng }, z));
          expect(features.length).toBeGreaterThan(0);
          features.forEach(expectValid);
        },
      ),
    ));
});
