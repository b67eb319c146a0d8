import { useState } from 'preact/hooks';
import { areaLayer, cells, comparison, rankedAreas, rankedCells } from '../data.ts';
import { formatChange, formatCount } from '../format.ts';
import { areaNoun, capitalised } from '../layer-names.ts';
import { type Ranked, rankBy } from '../map/ranking.ts';
import { statisticTables } from '../measures/measure-columns.ts';
import { type Cell, measureOf } from '../measures/measures.ts';
import { areaName, areaOfCell } from '../places.ts';
import type { Place, ShownMeasure } from '../view.ts';
import { PlaceRow } from './place-row.tsx';

const pageSize = 25;

type Counted = Ranked<{ readonly count: number; readonly previous?: number | undefined }>;
type Row = {
  readonly place: Exclude<Place, { kind: 'hotspot' }>;
  readonly rank: Pick<Counted, 'rank' | 'tied'>;
  readonly part: number;
  readonly numbers: readonly string[];
  readonly classText?: string | undefined;
};
type Table = { readonly columns: readonly string[]; readonly rows: readonly Row[] };

/** The areas of the layer in use by count. */
export function AreaTable() {
  const layer = areaLayer.value;
  const rows = rankedAreas.value.map((area) => ({ ...area, place: { kind: 'area' as const, layer, code: area.code } }));
  return <PlaceTable noun={capitalised(areaNoun(layer))} table={countTable(rows)} />;
}

/** The hexagons by the measure on the map. */
export function CellTable() {
  const { data, url } = cells.state.value;
  const measure = url ? measureOf(url) : 'count';
  const table = measure === 'count' ? cellCounts() : statisticTable(measure, data?.cells ?? []);
  return <PlaceTable key={measure} noun="Hexagon" table={table} />;
}

function cellCounts(): Table {
  return countTable(rankedCells.value.map((cell) => ({ ...cell, place: { kind: 'cell' as const, cell: cell.cell } })));
}

function countTable(rows: readonly (Counted & Pick<Row, 'place'>)[]): Table {
  const most = rows[0]?.count ?? 0;
  const compared = comparison.value?.kind === 'possible';
  const change = ({ count, previous }: Counted) => (previous === undefined ? '' : formatChange(count - previous));
  return {
    columns: compared ? ['Count', 'Change'] : ['Count'],
    rows: rows.map((row) => ({
      place: row.place,
      rank: row,
      part: most > 0 ? row.count / most : 0,
      numbers: compared ? [formatCount(row.count), change(row)] : [formatCount(row.count)],
    })),
  };
}

function statisticTable(measure: Exclude<ShownMeasure, 'count'>, all: readonly Cell[]): Table {
  const { columns, classText, order } = statisticTables[measure];
  const ranked = rankBy(all, order, ({ cell }) => cell);
  const most = all.reduce((most, { count }) => Math.max(most, count), 0);
  return {
    columns: columns.map(({ label }) => label),
    rows: ranked.map((cell) => ({
      place: { kind: 'cell', cell: cell.cell },
      rank: cell,
      part: most > 0 ? cell.count / most : 0,
      numbers: columns.map(({ text }) => text(cell)),
      classText: classText?.(cell),
    })),
  };
}

type TableProps = { readonly noun: string; readonly table: Table };

function PlaceTable({ noun, table: { columns, rows } }: TableProps) {
  const [shown, setShown] = useState(pageSize);
  return (
    <>
      <table class="ranked">
        <thead>
          <tr>
            {['Rank', noun, ...columns].map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map(({ place, classText, ...row }) => (
            <PlaceRow key={place.kind === 'cell' ? place.cell : place.code} place={place} {...row}>
              {place.kind === 'cell' && <CellArea cell={place.cell} classText={classText} />}
            </PlaceRow>
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

type CellAreaProps = { readonly cell: string; readonly classText: string | undefined };

function CellArea({ cell, classText }: CellAreaProps) {
  const code = areaOfCell(cell);
  const text = [code && areaName(code), classText].filter(Boolean).join(' · ');
  return text ? <span class="muted"> {text}</span> : null;
}
