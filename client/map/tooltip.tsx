import { formatIncidents } from '../format.ts';
import { areaName, areaOfCell, figuresOf, hotspotOf, measuredCell, placeName, wordsOfCell } from '../places.ts';
import { hovered } from '../state.ts';
import type { Place } from '../view.ts';
import { pointer } from './map-signals.ts';

/** The number under the pointer. For the eye only: lists and the place card say the same to everyone. */
export function Tooltip() {
  const place = hovered.value;
  const at = pointer.value;
  if (!place || !at) return null;
  const count = countOf(place);
  return (
    <div class="tooltip" aria-hidden="true" style={{ left: `${at.x}px`, top: `${at.y}px` }}>
      <strong>{count === undefined ? 'No figure' : formatIncidents(count)}</strong>
      {place.kind === 'cell' && <span>{wordsOfCell(place.cell)}</span>}
      <span>{whereabouts(place)}</span>
    </div>
  );
}

function countOf(place: Place): number | undefined {
  if (place.kind === 'hotspot') return hotspotOf(place.id)?.count;
  return figuresOf(place)?.count ?? (place.kind === 'cell' ? measuredCell(place.cell)?.count : undefined);
}

/** A place in a few words: streets and area of a hexagon, or the area's name. */
function whereabouts(place: Place): string {
  if (place.kind === 'area') return areaName(place.code);
  if (place.kind === 'hotspot') return `Hot spot ${hotspotOf(place.id)?.rank}: ${placeName(place)}`;
  const code = areaOfCell(place.cell);
  return [placeName(place), code && areaName(code)].filter(Boolean).join(' · ');
}
