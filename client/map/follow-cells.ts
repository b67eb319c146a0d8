import { computed, effect } from '@preact/signals';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { type CellValues, type CountedCells, indexOfId } from '../cells/cell-values.ts';
import { type ShownCells, shownCells } from '../cells/shown-cells.ts';
import { queryText } from '../filter-query.ts';
import { measureScale, type Scale, scalePaint } from '../measures/measure-scale.ts';
import { measureOf, methodOf } from '../measures/measures.ts';
import { view } from '../state.ts';
import { notDrawn } from './cell-colours.ts';
import { type CellPicture, createCellLayer } from './cell-layer.ts';
import { type CountClass, classBreaks, classOf } from './class-breaks.ts';
import { shownCellLayer, shownPicture } from './map-signals.ts';
import { classSteps } from './palette.ts';

const showsHexagons = computed(() => view.value.show === 'hexagons');

/** Keeps the hexagons in step with the values in use: the same filter, resolution and data version. */
export function followCells(map: MapLibreMap): () => void {
  const layer = createCellLayer(map);
  let drawn: ShownCells | null = null;
  const stop = effect(() => {
    const next = shownCells.value;
    if (!showsHexagons.value) {
      drawn = null;
      layer.clear();
      shownCellLayer.value = null;
      return;
    }
    if (!next || next === drawn) return;
    drawn = next;
    const { values, url } = next;
    const { picture, scale } = pictureOf(values, url);
    layer.show(picture, () => {
      shownCellLayer.value = layer.layerId();
      shownPicture.value = { kind: 'hexagons', answer: values, scale, method: methodOf(url) };
    });
  });
  return () => {
    stop();
    layer.clear();
    layer.stop();
  };
}

function pictureOf(values: CellValues, url: string): { readonly picture: CellPicture; readonly scale: Scale } {
  const measure = measureOf(url);
  if (values.kind === 'counts' || measure === 'count') {
    const classes = classBreaks(values.counts);
    const stepOf = values.kind === 'counts' ? stepsOf(values, classes) : () => notDrawn;
    return {
      picture: { tiles: shapeTiles(values), paint: { kind: 'steps', stepOf } },
      scale: { kind: 'count', classes },
    };
  }
  const scale = measureScale(measure, values.cells);
  return {
    picture: { tiles: statisticTiles(url, values), paint: { kind: 'properties', colour: scalePaint(scale) } },
    scale,
  };
}

/** The step of the ramp for each hexagon by its feature id. */
function stepsOf({ ids, counts }: CountedCells, classes: readonly CountClass[]): (id: number) => number {
  const steps = classSteps(classes.length);
  return (id) => {
    const index = indexOfId(ids, id);
    return index < 0 ? notDrawn : (steps[classOf(classes, counts[index] as number)] ?? notDrawn);
  };
}

/** The shapes of all hexagons held: no filter changes them. */
function shapeTiles({ resolution, version }: CellValues): string {
  return tilesAt([
    ['resolution', String(resolution)],
    ['v', String(version)],
  ]);
}

/** Tiles with the query of the answer that the classes come from. */
function statisticTiles(url: string, { version }: CellValues): string {
  return tilesAt([...new URL(url, location.origin).searchParams, ['v', String(version)]]);
}

function tilesAt(parameters: readonly (readonly [string, string])[]): string {
  return `${location.origin}/tiles/cells/{z}/{x}/{y}.mvt?${queryText(parameters)}`;
}
