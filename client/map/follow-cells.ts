import { effect } from '@preact/signals';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { cells } from '../data.ts';
import { queryText } from '../filter-query.ts';
import { view } from '../state.ts';
import { createCellLayer } from './cell-layer.ts';
import { classBreaks } from './class-breaks.ts';
import { shownCellLayer, shownPicture } from './map-signals.ts';

/** Keeps the hexagons in step with the counts of `/api/cells`: the same filter, resolution and data version. */
export function followCells(map: MapLibreMap): () => void {
  const layer = createCellLayer(map);
  let drawn = '';
  const stop = effect(() => {
    const { data, url } = cells.state.value;
    if (view.value.show !== 'hexagons') {
      drawn = '';
      layer.clear();
      shownCellLayer.value = null;
      return;
    }
    if (!data || !url) return;
    const tiles = cellTiles(url, data.version);
    if (tiles === drawn) return;
    drawn = tiles;
    const classes = classBreaks(data.cells.map(({ count }) => count));
    layer.show({ tiles, resolution: data.resolution, classes }, () => {
      shownCellLayer.value = layer.layerId();
      shownPicture.value = { kind: 'hexagons', resolution: data.resolution, classes };
    });
  });
  return () => {
    stop();
    layer.clear();
  };
}

/** Tiles with the query of the answer that the classes come from, less what tiles do not show. */
function cellTiles(url: string, version: number): string {
  const parameters = [...new URL(url, location.origin).searchParams].filter(([key]) => key !== 'compare');
  const query = queryText([...parameters, ['v', String(version)]]);
  return `${location.origin}/tiles/cells/{z}/{x}/{y}.mvt?${query}`;
}
