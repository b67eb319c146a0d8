import { useEffect, useRef, useState } from 'preact/hooks';
import type { Trial } from '../../server/import-model.ts';
import type { Catalog } from '../../server/model.ts';
import { formatCount } from '../format.ts';
import { areaNouns } from '../layer-names.ts';

type Props = { readonly points: Trial['points']; readonly catalog: Catalog };

/** Some of the incidents as points, on the areas held: a look at whether they lie where they should. */
export function PointsMap({ points, catalog }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const layer = catalog.layers[0]?.layer ?? null;
  useEffect(() => {
    if (points.length === 0 || !element.current) return;
    if (document.createElement('canvas').getContext('webgl2') === null) {
      setProblem('This browser cannot draw the map. The table says how the incidents are placed.');
      return;
    }
    return drawInto(element.current, points, layer, catalog.version, setProblem);
  }, [points, layer, catalog.version]);
  if (points.length === 0) return <p class="muted">None of the incidents has a point, so there is no map.</p>;
  if (problem) return <p class="muted">{problem}</p>;
  const ground = layer ? ` on ${areaNouns(layer)}` : '';
  return (
    <figure class="points-figure">
      <div class="map points-map" ref={element} />
      <figcaption class="note">
        {formatCount(points.length)} of the incidents{ground}. Do they lie where they should?
      </figcaption>
    </figure>
  );
}

/** Loads the map and draws; returns what takes it away. */
function drawInto(
  element: HTMLElement,
  points: Trial['points'],
  layer: string | null,
  version: number,
  fail: (problem: string) => void,
): () => void {
  let gone = false;
  let stop = () => {};
  import('./draw-points.ts')
    .then(({ drawPoints }) => {
      if (!gone) stop = drawPoints(element, points, layer, version);
    })
    .catch((error: unknown) => {
      console.error(error);
      if (!gone) fail('The map could not be loaded. The table says how the incidents are placed.');
    });
  return () => {
    gone = true;
    stop();
  };
}
