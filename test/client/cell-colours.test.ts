import { expect, it } from 'vitest';
import { createCellColours, notDrawn } from '../../client/map/cell-colours.ts';

function recorder() {
  const painted: [number, number][] = [];
  const colours = createCellColours((id, step) => void painted.push([id, step]));
  return { colours, taken: () => painted.splice(0) };
}

it('paints a tile when it comes, with the colours in force', () => {
  const { colours, taken } = recorder();
  colours.paint((id) => id % 3);
  expect(taken()).toEqual([]);
  colours.addTile('a', Float64Array.of(1, 2, 3));
  expect(taken()).toEqual([
    [1, 1],
    [2, 2],
    [3, 0],
  ]);
});

it('paints only what changes, each hexagon once, and leaves those that are not drawn', () => {
  const { colours, taken } = recorder();
  colours.paint((id) => (id === 2 ? notDrawn : 4));
  colours.addTile('a', Float64Array.of(1, 2));
  colours.addTile('b', Float64Array.of(2, 1, 5));
  expect(taken()).toEqual([
    [1, 4],
    [5, 4],
  ]);
  colours.paint((id) => (id === 5 ? notDrawn : 4));
  expect(taken()).toEqual([
    [2, 4],
    [5, notDrawn],
  ]);
});

it('paints a tile that comes again as it is now', () => {
  const { colours, taken } = recorder();
  colours.paint(() => 1);
  colours.addTile('a', Float64Array.of(1));
  colours.paint(() => 2);
  taken();
  colours.addTile('a', Float64Array.of(1));
  expect(taken()).toEqual([]);
});
