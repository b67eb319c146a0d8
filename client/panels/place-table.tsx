import { useState } from 'preact/hooks';
import { cellRanking, shownCells } from '../cells/shown-cells.ts';
import { areaLayer, areaLayerData, areas, comparison, rankedAreas } from '../data.ts';
import { formatChange, formatCount } from '../format.ts';
import { areaNoun, capitalised, vintageName } from '../layer-names.ts';
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
/** Rows are made when they are shown: there may be a hundred thousand hexagons. */
type Table = { readonly columns: readonly string[]; readonly size: number; readonly row: (index: number) => Row };

/** The areas of the layer in use by count. */
export function AreaTable() {
  const layer = areaLayer.value;
  const ranked = rankedAreas.value;
  const row = (index: number) => {
    const area = ranked[index] as (typeof ranked)[number];
    return { ...area, place: { kind: 'area' as const, layer, code: area.code } };
  };
  const { data } = areas.state.value;
  return (
    <>
      <PlaceTable
        noun={capitalised(areaNoun(layer))}
        caption={data && capitalised(vintageName(data))}
        table={countTable(ranked.length, row)}
      />
      {data?.notes.map((text) => (
        <p key={text} class="note" data-boundaries>
          {text}
        </p>
      ))}
    </>
  );
}

/** The hexagons by the measure on the map. */
export function CellTable() {
  const shown = shownCells.value;
  const measure = shown ? measureOf(shown.url) : 'count';
  const isStatistic = measure !== 'count' && shown?.values.kind === 'statistics';
  const table = isStatistic ? statisticTable(measure, shown.values.cells) : cellCounts();
  const named = areaLayerData.value && `Hexagons, and where they lie among the ${vintageName(areaLayerData.value)}`;
  return <PlaceTable key={measure} noun="Hexagon" caption={named} table={table} />;
}

function cellCounts(): Table {
  const ranking = cellRanking.value;
  return countTable(ranking.size, (index) => {
    const cell = ranking.at(index);
    return { ...cell, place: { kind: 'cell', cell: cell.cell } };
  });
}

function countTable(size: number, at: (index: number) => Counted & Pick<Row, 'place'>): Table {
  const most = size > 0 ? at(0).count : 0;
  const compared = comparison.value?.kind === 'possible';
  const change = ({ count, previous }: Counted) => (previous === undefined ? '' : formatChange(count - previous));
  return {
    columns: compared ? ['Count', 'Change'] : ['Count'],
    size,
    row(index) {
      const { place, ...counted } = at(index);
      return {
        place,
        rank: counted,
        part: most > 0 ? counted.count / most : 0,
        numbers: compared ? [formatCount(counted.count), change(counted)] : [formatCount(counted.count)],
      };
    },
  };
}

function statisticTable(measure: Exclude<ShownMeasure, 'count'>, all: readonly Cell[]): Table {
  const { columns, classText, order } = statisticTables[measure];
  const ranked = rankBy(all, order, ({ cell }) => cell);
  const most = all.reduce((most, { count }) => Math.max(most, count), 0);
  return {
    columns: columns.map(({ label }) => label),
    size: ranked.length,
    row(index) {
      const cell = ranked[index] as (typeof ranked)[number];
      return {
        place: { kind: 'cell', cell: cell.cell },
        rank: cell,
        part: most > 0 ? cell.count / most : 0,
        numbers: columns.map(({ text }) => text(cell)),
        classText: classText?.(cell),
      };
    },
  };
}

type TableProps = {
  readonly noun: string;
  /** Which boundaries the table is of. */
  readonly caption: string | null | undefined;
  readonly table: Table;
};

function PlaceTable({ noun, caption, table: { columns, size, row } }: TableProps) {
  const [shown, setShown] = useState(pageSize);
  const rows = Array.from({ length: Math.min(shown, size) }, (_, index) => row(index));
  return (
    <>
      <table class="ranked">
        {caption && <caption>{caption}</caption>}
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
          {rows.map(({ place, classText, ...row }) => (
            <PlaceRow key={place.kind === 'cell' ? place.cell : place.code} place={place} {...row}>
              {place.kind === 'cell' && <CellArea cell={place.cell} classText={classText} />}
            </PlaceRow>
          ))}
        </tbody>
      </table>
      {size > shown && (
        <button type="button" class="link-button" onClick={() => setShown(shown + pageSize)}>
          Show {Math.min(pageSize, size - shown)} more of {formatCount(size)}
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
