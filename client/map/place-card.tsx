import { cellRanking } from '../cells/shown-cells.ts';
import { areaLayer, areaLayerData, cells, comparison, rankedAreas, resolution, summary } from '../data.ts';
import { formatChange, formatCount, formatPercentChange, formatShare } from '../format.ts';
import { areaNoun, areaNouns, capitalised, vintageNoun } from '../layer-names.ts';
import {
  areaName,
  areaOfCell,
  cellGeometry,
  figuresOf,
  hotspotOfCell,
  measuredCell,
  placeName,
  streetsOf,
  wordsOfCell,
} from '../places.ts';
import { changeFilter, navigate, selectPlace, view } from '../state.ts';
import type { Place } from '../view.ts';
import { HotspotFigures, hotspotKind } from './hotspot-card.tsx';
import { mapActions } from './map-signals.ts';
import { outlinedHotspots } from './outlined-hotspots.ts';
import { formatRank } from './ranking.ts';

/** The selected place with its numbers, and what one can do with it. */
export function PlaceCard() {
  const { place } = view.value;
  if (!place) return null;
  const close = () => navigate({ place: null });
  return (
    <section
      class="place-card"
      aria-label="Selected place"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <header>
        <h2>{placeName(place)}</h2>
        <button type="button" class="icon-button" aria-label="Close" onClick={close}>
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <path d="M3 3l10 10M13 3L3 13" stroke="currentColor" stroke-width="1.75" />
          </svg>
        </button>
      </header>
      <p class="place-kind">{kindText(place)}</p>
      {place.kind === 'hotspot' ? <HotspotFigures id={place.id} /> : <PlaceFigures place={place} />}
      <PlaceActions place={place} />
    </section>
  );
}

function kindText(place: Place): string {
  const inUse = areaLayerData.value;
  if (place.kind === 'area') {
    const noun = inUse?.layer === place.layer ? vintageNoun(inUse) : areaNoun(place.layer);
    return `${capitalised(noun)}, ${place.code}`;
  }
  if (place.kind === 'hotspot') return hotspotKind(place.id);
  const code = areaOfCell(place.cell);
  const inArea = code ? ` in ${areaName(code)}, ${inUse ? vintageNoun(inUse) : areaNoun(areaLayer.value)}` : '';
  const also = streetsOf(place.cell)[2];
  return `Hexagon${inArea}${also ? `, also ${also}` : ''}`;
}

type PlainPlace = Exclude<Place, { kind: 'hotspot' }>;

function PlaceFigures({ place }: { readonly place: PlainPlace }) {
  const figures = figuresOf(place);
  const located = summary.state.value.data?.located ?? 0;
  if (!figures)
    return (
      <>
        <p>{withoutFigures(place)}</p>
        <PlaceMeasure place={place} />
      </>
    );
  const among =
    place.kind === 'cell'
      ? `${formatCount(cellRanking.value.size)} hexagons with any`
      : `${formatCount(rankedAreas.value.length)} ${areaNouns(place.layer)}`;
  return (
    <>
      <p class="place-count">
        <strong>{formatCount(figures.count)}</strong> {figures.count === 1 ? 'incident' : 'incidents'}
        <PlaceChange count={figures.count} previous={figures.previous} />
      </p>
      <p class="muted">
        Rank {formatRank(figures)} of {among}, {formatShare(figures.count, located)} of all
        {figures.ratePer1000 !== undefined && `, ${figures.ratePer1000.toFixed(1)} per 1,000 residents`}
      </p>
      <PlaceMeasure place={place} />
    </>
  );
}

/** What the statistic on the map says of a hexagon, and the hot spot it is part of. */
function PlaceMeasure({ place }: { readonly place: PlainPlace }) {
  const words = place.kind === 'cell' && wordsOfCell(place.cell);
  if (!words) return null;
  const hotspot = outlinedHotspots.value.length > 0 ? hotspotOfCell(place.cell) : null;
  return (
    <>
      <p class="place-measure">{words}.</p>
      {hotspot && (
        <button type="button" class="link-button" onClick={() => selectPlace({ kind: 'hotspot', id: hotspot.id })}>
          Part of hot spot {hotspot.rank}: {hotspot.name}
        </button>
      )}
    </>
  );
}

function withoutFigures(place: PlainPlace): string {
  const sized = place.kind === 'cell' && cellGeometry.value?.resolutionOf(place.cell) !== resolution.value;
  if (sized && !(place.kind === 'cell' && measuredCell(place.cell)))
    return 'The map now shows hexagons of another size.';
  return cells.state.value.loading ? 'Loading' : 'No incidents here match the filter.';
}

function PlaceChange({ count, previous }: { readonly count: number; readonly previous: number | undefined }) {
  const possible = comparison.value;
  if (possible?.kind !== 'possible' || previous === undefined) return null;
  const percent = previous > 0 ? ` (${formatPercentChange((100 * (count - previous)) / previous)})` : '';
  return (
    <span class="place-change">
      {formatChange(count - previous)}
      {percent} from {formatCount(previous)} ({possible.period})
    </span>
  );
}

function PlaceActions({ place }: { readonly place: Place }) {
  const layer = areaLayer.value;
  const code = codeOf(place);
  const chosen = view.value.filter.areas ?? [];
  const isOnly = chosen.length === 1 && chosen[0]?.code === code;
  const actions = mapActions.value;
  return (
    <p class="place-actions">
      {code && (
        <button
          type="button"
          class="link-button"
          onClick={() => changeFilter({ areas: isOnly ? undefined : [{ layer, code }] })}
        >
          {isOnly ? `Show all ${areaNouns(layer)}` : `Only ${areaName(code)}`}
        </button>
      )}
      {actions && (
        <button type="button" class="link-button" onClick={() => actions.zoomTo(place)}>
          Zoom to it
        </button>
      )}
    </p>
  );
}

/** The area that a place is or lies in; a hot spot may lie in several. */
function codeOf(place: Place): string | null {
  if (place.kind === 'hotspot') return null;
  return place.kind === 'area' ? place.code : areaOfCell(place.cell);
}
