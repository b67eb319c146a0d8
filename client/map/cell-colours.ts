/** Colours of hexagons by their feature id, kept in step with the tiles that are there. */
export type CellColours = {
  /** Paints every hexagon of the tiles held anew, where its colour changes. */
  paint(stepOf: (id: number) => number): void;
  /** Takes the hexagons of a tile in, and paints them before the tile is drawn. */
  addTile(address: string, ids: Float64Array): void;
};

/** The step of a hexagon that is not drawn. */
export const notDrawn = -1;
/** More than a map holds in view and in its cache together. */
const mostTiles = 400;

/** Keeps what each hexagon was painted last: `set` is called only for those that change. */
export function createCellColours(set: (id: number, step: number) => void): CellColours {
  const tiles = new Map<string, Float64Array>();
  const painted = new Map<number, number>();
  let stepOf: (id: number) => number = () => notDrawn;
  const paintAll = (ids: Float64Array) => {
    for (const id of ids) {
      const step = stepOf(id);
      if ((painted.get(id) ?? notDrawn) === step) continue;
      painted.set(id, step);
      set(id, step);
    }
  };
  return {
    paint(next) {
      stepOf = next;
      for (const ids of tiles.values()) paintAll(ids);
    },
    addTile(address, ids) {
      tiles.delete(address);
      tiles.set(address, ids);
      if (tiles.size > mostTiles) tiles.delete(tiles.keys().next().value as string);
      paintAll(ids);
    },
  };
}
