import { useState } from 'preact/hooks';
import { areaLayer, areas, cells, comparison, rankedAreas, rankedCells } from '../data.ts';
import { formatChange, formatCount } from '../format.ts';
import { areaNoun, areaNouns, capitalised } from '../layer-names.ts';
import { formatRank, type Ranked } from '../map/ranking.ts';
import { areaName, areaOfCell, placeName } from '../places.ts';
import { hovered, navigate, selectPlace, view } from '../state.ts';
import { type Place, samePlace } from '../view.ts';
import { ErrorNotice } from './error-notice.tsx';
import { moveByArrows } from './toggle-row.tsx';

type Row = Ranked<{ readonly count: number; readonly previous?: number | undefined }> & { readonly place: Place };

const pageSize = 25;

/** The table of the map: areas or hexagons by count, linked to it by pointer and keyboard. */
export function RankedList() {
  const { list } = view.value;
  const layer = areaLayer.value;
  const source = list === 'areas' ? areas : cells;
  const { error, loading } = source.state.value;
  return (
    <section class="panel-section" aria-labelledby="ranked-title">
      <h3 id="ranked-title">Ranked places</h3>
      <div class="tabs" role="tablist" aria-label="Kind of place" onKeyDown={moveByArrows}>
        <Tab list="areas" label={capitalised(areaNouns(layer))} />
        <Tab list="cells" label="Hexagons" />
      </div>
      <div role="tabpanel" id="ranked-panel" aria-labelledby={`tab-${list}`} class={loading ? 'stale' : undefined}>
        {error ? (
          <ErrorNotice error={error} onRetry={source.retry} />
        ) : (
          <PlaceTable key={list} rows={list === 'areas' ? areaRows(layer) : cellRows()} list={list} />
        )}
      </div>
    </section>
  );
}

function Tab({ list, label }: { readonly list: 'areas' | 'cells'; readonly label: string }) {
  const selected = view.value.list === list;
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${list}`}
      aria-selected={selected}
      aria-controls="ranked-panel"
      tabIndex={selected ? 0 : -1}
      onClick={() => navigate({ list }, 'replace')}
    >
      {label}
    </button>
  );
}

function areaRows(layer: string): Row[] {
  return rankedAreas.value.map((area) => ({ ...area, place: { kind: 'area', layer, code: area.code } }));
}

function cellRows(): Row[] {
  return rankedCells.value.map((cell) => ({ ...cell, place: { kind: 'cell', cell: cell.cell } }));
}

type TableProps = { readonly rows: readonly Row[]; readonly list: 'areas' | 'cells' };

function PlaceTable({ rows, list }: TableProps) {
  const [shown, setShown] = useState(pageSize);
  const most = rows[0]?.count ?? 0;
  const compared = comparison.value?.kind === 'possible';
  return (
    <>
      <table class="ranked">
        <thead>
          <tr>
            <th scope="col">Rank</th>
            <th scope="col">{list === 'areas' ? capitalised(areaNoun(areaLayer.value)) : 'Hexagon'}</th>
            <th scope="col">Count</th>
            {compared && <th scope="col">Change</th>}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map((row) => (
            <PlaceRow key={rowKey(row)} row={row} most={most} compared={compared} />
          ))}
        </tbody>
      </table>
      {rows.length > shown && (
        <button type="button" class="link-button" onClick={() => setShown(shown + pageSize)}>
          Show {Math.min(pageSize, rows.length - shown)} more of {formatCount(rows.length)}
        </button>
      )}
    </>
  );
}

function rowKey({ place }: Row): string {
  return place.kind === 'cell' ? place.cell : place.code;
}

type RowProps = { readonly row: Row; readonly most: number; readonly compared: boolean };

function PlaceRow({ row, most, compared }: RowProps) {
  const { place, count, previous } = row;
  const enter = () => {
    hovered.value = place;
  };
  const leave = () => {
    if (samePlace(hovered.peek(), place)) hovered.value = null;
  };
  const selected = samePlace(view.value.place, place);
  const classes = [selected && 'selected', samePlace(hovered.value, place) && 'hovered'].filter(Boolean).join(' ');
  return (
    <tr class={classes} onMouseEnter={enter} onMouseLeave={leave} onClick={() => selectPlace(place)}>
      <td class="rank">{formatRank(row)}</td>
      <th scope="row">
        <button type="button" class="row-button" aria-pressed={selected} onFocus={enter} onBlur={leave}>
          {placeName(place)}
          {place.kind === 'cell' && <CellArea cell={place.cell} />}
        </button>
        <span class="bar" style={{ width: `${most > 0 ? (100 * count) / most : 0}%` }} />
      </th>
      <td class="number">{formatCount(count)}</td>
      {compared && <td class="number">{previous === undefined ? '' : formatChange(count - previous)}</td>}
    </tr>
  );
}

function CellArea({ cell }: { readonly cell: string }) {
  const code = areaOfCell(cell);
  return code ? <span class="muted"> {areaName(code)}</span> : null;
}
