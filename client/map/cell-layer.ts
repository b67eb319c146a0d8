import type { ExpressionSpecification, Map as MapLibreMap } from 'maplibre-gl';
import { firstOverlay } from './map-style.ts';

/** One picture of hexagons: its tiles and how they are coloured. */
export type CellPicture = {
  readonly tiles: string;
  readonly colour: string | ExpressionSpecification;
  readonly outline: string;
};

export type CellLayer = {
  /** Loads a picture unseen, and puts it in the place of the one before when all its tiles are there. */
  show(picture: CellPicture, onShown: () => void): void;
  /** Takes the hexagons away. */
  clear(): void;
  /** The layer on the map now, if any. */
  layerId(): string | null;
};

const opacity = 0.88;

/**
 * Hexagons that change without a flash and without ever mixing two pictures: each picture is a source of its
 * own, loaded at opacity 0. A picture overtaken while it loads is thrown away.
 */
export function createCellLayer(map: MapLibreMap): CellLayer {
  let made = 0;
  let shown: string | null = null;
  let pending: { readonly id: string; readonly stop: () => void } | null = null;

  function remove(id: string | null): void {
    if (!id || !map.getSource(id)) return;
    map.removeLayer(id);
    map.removeSource(id);
  }

  function dropPending(): void {
    pending?.stop();
    remove(pending?.id ?? null);
    pending = null;
  }

  function add(id: string, { tiles, colour, outline }: CellPicture): void {
    map.addSource(id, { type: 'vector', tiles: [tiles], maxzoom: 14 });
    map.addLayer(
      {
        id,
        type: 'fill',
        source: id,
        'source-layer': 'cells',
        paint: {
          'fill-color': colour,
          'fill-outline-color': outline,
          'fill-opacity': 0,
          'fill-opacity-transition': { duration: 0 },
        },
      },
      firstOverlay,
    );
  }

  return {
    show(picture, onShown) {
      dropPending();
      const id = `cells-${++made}`;
      add(id, picture);
      const stop = whenLoaded(map, id, () => {
        map.setPaintProperty(id, 'fill-opacity', opacity);
        remove(shown);
        shown = id;
        pending = null;
        onShown();
      });
      pending = { id, stop };
    },
    clear() {
      dropPending();
      remove(shown);
      shown = null;
    },
    layerId: () => shown,
  };
}

/** Calls back once all tiles in view of a new source are there; returns what stops the wait. */
function whenLoaded(map: MapLibreMap, id: string, done: () => void): () => void {
  let frames = 0;
  const stop = () => void map.off('render', check);
  const check = () => {
    // The first frame only finds out which tiles are needed.
    frames++;
    if (frames < 2 || !map.isSourceLoaded(id)) return;
    stop();
    done();
  };
  map.on('render', check);
  map.triggerRepaint();
  return stop;
}
