import { effect } from '@preact/signals';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { cells } from '../data.ts';
import { queryText } from '../filter-query.ts';
import { measureScale, scalePaint } from '../measures/measure-scale.ts';
import { measureOf, methodOf } from '../measures/measures.ts';
import { view } from '../state.ts';
import { createCellLayer } from './cell-layer.ts';
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
    const scale = measureScale(measureOf(url), data.cells);
    const method = methodOf(url);
    layer.show(
      { tiles, colour: scalePaint(scale), outline: outlines[scale.kind === 'count' ? 'count' : 'statistic'] },
      () => {
        shownCellLayer.value = layer.layerId();
        shownPicture.value = { kind: 'hexagons', answer: data, scale, method };
      },
    );
  });
  return () => {
    stop();
    layer.clear();
  };
}

/** White between colours; on the pale hexagons of a statistic a thin grey tells them apart. */
const outlines = { count: 'rgba(255, 255, 255, 0.7)', statistic: 'rgba(79, 88, 96, 0.18)' } as const;

/** Tiles with the query of the answer that the classes come from, less what tiles do not show. */
function cellTiles(url: string, version: number): string {
  const asked = [...new URL(url, location.origin).searchParams];
  // A statistic's study area depends on the period compared with; the tiles of counts do not.
  const parameters = measureOf(url) === 'count' ? asked.filter(([key]) => key !== 'compare') : asked;
  const query = queryText([...parameters, ['v', String(version)]]);
  return `${location.origin}/tiles/cells/{z}/{x}/{y}.mvt?${query}`;
}
