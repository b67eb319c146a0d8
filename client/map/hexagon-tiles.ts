import { addProtocol, removeProtocol } from 'maplibre-gl';
import { tileIds } from '../cells/tile-ids.ts';

const protocol = 'hexagons';

/** The address of a tile in our own protocol: it names the source that the tile is for. */
export function hexagonTiles(source: string, address: string): string {
  return `${protocol}://${source}/${address}`;
}

/** Fetches tiles of hexagons, and tells which they hold before the map gets them; returns what stops it. */
export function serveHexagonTiles(onTile: (source: string, address: string, ids: Float64Array) => void): () => void {
  addProtocol(protocol, async ({ url }, { signal }) => {
    const [, source = '', address = ''] = /^\w+:\/\/([^/]+)\/(.*)$/.exec(url) ?? [];
    const response = await fetch(address, { signal });
    if (!response.ok) throw new Error(`The tile ${address} could not be loaded: ${response.status}`);
    const data = await response.arrayBuffer();
    onTile(source, address, tileIds(new Uint8Array(data)));
    return { data };
  });
  return () => removeProtocol(protocol);
}
