import { formatIncidents } from '../format.ts';
import { areaName, areaOfCell, figuresOf, placeName } from '../places.ts';
import { hovered } from '../state.ts';
import type { Place } from '../view.ts';
import { pointer } from './map-signals.ts';

/** The number under the pointer. For the eye only: lists and the place card say the same to everyone. */
export function Tooltip() {
  const place = hovered.value;
  const at = pointer.value;
  if (!place || !at) return null;
  const figures = figuresOf(place);
  return (
    <div class="tooltip" aria-hidden="true" style={{ left: `${at.x}px`, top: `${at.y}px` }}>
      <strong>{figures ? formatIncidents(figures.count) : 'No figure'}</strong>
      <span>{whereabouts(place)}</span>
    </div>
  );
}

/** A place in a few words: streets and area of a hexagon, or the area's name. */
function whereabouts(place: Place): string {
  if (place.kind === 'area') return areaName(place.code);
  const code = areaOfCell(place.cell);
  return [placeName(place), code && areaName(code)].filter(Boolean).join(' · ');
}
