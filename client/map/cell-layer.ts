import type { ExpressionSpecification, Map as MapLibreMap } from 'maplibre-gl';
import { type CellColours, createCellColours, notDrawn } from './cell-colours.ts';
import { hexagonTiles, serveHexagonTiles } from './hexagon-tiles.ts';
import { firstOverlay } from './map-style.ts';
import { ramp } from './palette.ts';

/** One picture of hexagons: its tiles and how they are coloured. */
export type CellPicture = {
  readonly tiles: string;
  readonly paint:
    | { readonly kind: 'properties'; readonly colour: string | ExpressionSpecification }
    /** The tiles hold only shapes: the step of the colour ramp of each comes by its feature id. */
    | { readonly kind: 'steps'; readonly stepOf: (id: number) => number };
};

export type CellLayer = {
  /**
   * Puts a picture in the place of the one before. Where the shapes are on the map their colours change in the next
   * frame; else the picture is loaded unseen and swapped in when all its tiles are there.
   */
  show(picture: CellPicture, onShown: () => void): void;
  /** Takes the hexagons away. */
  clear(): void;
  /** The layer on the map now, if any. */
  layerId(): string | null;
  /** Ends the service of tiles. */
  stop(): void;
};

type Drawn = { readonly id: string; readonly tiles: string; readonly colours: CellColours };
type Pending = { readonly drawn: Drawn; onShown: () => void; readonly stop: () => void };

const opacity = 0.88;
const sourceLayer = 'cells';
const transparent = 'rgba(0, 0, 0, 0)';
/** White between colours; on the pale hexagons of a statistic a thin grey tells them apart. */
const outlines = { steps: 'rgba(255, 255, 255, 0.7)', properties: 'rgba(79, 88, 96, 0.18)' } as const;

/** Hexagons that change without a flash and without ever mixing two pictures; an overtaken one is thrown away. */
export function createCellLayer(map: MapLibreMap): CellLayer {
  let made = 0;
  let shown: Drawn | null = null;
  let pending: Pending | null = null;
  const stop = serveHexagonTiles((source, address, ids) => {
    const drawn = [shown, pending?.drawn].find((one) => one?.id === source);
    drawn?.colours.addTile(address, ids);
  });

  function dropPending(): void {
    pending?.stop();
    remove(map, pending?.drawn ?? null);
    pending = null;
  }

  function load(picture: CellPicture, onShown: () => void): void {
    const drawn = createDrawn(map, `cells-${++made}`, picture.tiles);
    recolour(drawn, picture);
    const stopWaiting = whenLoaded(map, drawn.id, () => {
      map.setPaintProperty(drawn.id, 'fill-opacity', opacity);
      remove(map, shown);
      const { onShown: tell } = pending as Pending;
      shown = drawn;
      pending = null;
      tell();
    });
    pending = { drawn, onShown, stop: stopWaiting };
    addLayer(map, drawn, picture);
  }

  return {
    show(picture, onShown) {
      if (shown?.tiles === picture.tiles) {
        dropPending();
        recolour(shown, picture);
        onShown();
      } else if (pending?.drawn.tiles === picture.tiles) {
        recolour(pending.drawn, picture);
        pending.onShown = onShown;
      } else {
        dropPending();
        load(picture, onShown);
      }
    },
    clear() {
      dropPending();
      remove(map, shown);
      shown = null;
    },
    layerId: () => shown?.id ?? null,
    stop,
  };
}

function createDrawn(map: MapLibreMap, id: string, tiles: string): Drawn {
  const set = (feature: number, step: number) =>
    map.setFeatureState({ source: id, sourceLayer, id: feature }, { step });
  return { id, tiles, colours: createCellColours(set) };
}

function recolour({ colours }: Drawn, { paint }: CellPicture): void {
  if (paint.kind === 'steps') colours.paint(paint.stepOf);
}

function addLayer(map: MapLibreMap, { id }: Drawn, { tiles, paint }: CellPicture): void {
  const bySteps = paint.kind === 'steps';
  map.addSource(id, { type: 'vector', tiles: [bySteps ? hexagonTiles(id, tiles) : tiles], maxzoom: 14 });
  map.addLayer(
    {
      id,
      type: 'fill',
      source: id,
      'source-layer': sourceLayer,
      paint: {
        'fill-color': bySteps ? byStep(ramp) : paint.colour,
        'fill-outline-color': bySteps ? byStep(ramp.map(() => outlines.steps)) : outlines.properties,
        'fill-opacity': 0,
        'fill-opacity-transition': { duration: 0 },
      },
    },
    firstOverlay,
  );
}

/**
 * A colour by the state of a feature. The steps of the ramp are the same for all classes: were the classes in it,
 * each change of them would have every tile parsed again.
 */
function byStep(colours: readonly string[]): ExpressionSpecification {
  const step = ['coalesce', ['feature-state', 'step'], notDrawn];
  const pairs = colours.flatMap((colour, index) => [index, colour]);
  return ['match', step, ...pairs, transparent] as unknown as ExpressionSpecification;
}

function remove(map: MapLibreMap, drawn: Drawn | null): void {
  if (!drawn || !map.getSource(drawn.id)) return;
  map.removeLayer(drawn.id);
  map.removeSource(drawn.id);
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
