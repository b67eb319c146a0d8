import { type Catalog, defaultResolution } from '../../server/model.ts';
import { areaLayer, areaLayerData, cells, resolution } from '../data.ts';
import { formatArea, formatCount, formatLength, formatMonth } from '../format.ts';
import { areaNouns, capitalised, vintageName, vintageNoun } from '../layer-names.ts';
import { SegmentedControl } from '../panels/segmented-control.tsx';
import { isNarrow, navigate, view } from '../state.ts';
import { fixedResolutions } from '../view.ts';
import { changeOfLayer } from '../vintages.ts';
import type { CountClass } from './class-breaks.ts';
import { hexagonSize } from './hexagon-size.ts';
import { type ShownPicture, shownPicture } from './map-signals.ts';
import { MeasureChoice } from './measure-choice.tsx';
import { MeasureLegend } from './measure-legend.tsx';
import { MethodChoice } from './method-choice.tsx';
import { classColours, mapColours, neutralCell } from './palette.ts';
import { StudyNotes } from './study-notes.tsx';

type Props = { readonly catalog: Catalog };

/** What is drawn and what its colours mean. */
export function MapKey({ catalog }: Props) {
  const picture = shownPicture.value;
  return (
    <section class="map-key" aria-label="Map key">
      <div class="map-key-choice">
        <ShowSwitch catalog={catalog} />
        {view.value.show === 'hexagons' && <ResolutionChoice />}
      </div>
      {view.value.show === 'hexagons' && <MeasureChoice />}
      <Computing />
      {picture && (isNarrow.value ? <FoldedLegend picture={picture} /> : <Legend picture={picture} />)}
    </section>
  );
}

function ShowSwitch({ catalog }: Props) {
  const layers = [...new Set(catalog.layers.map(({ layer }) => layer))];
  const { show } = view.value;
  const options = [
    { value: 'hexagons', label: 'Hexagons' },
    ...layers.map((layer) => ({ value: layer, label: capitalised(areaNouns(layer)) })),
  ];
  const choose = (value: string) =>
    navigate(
      value === 'hexagons'
        ? { show: 'hexagons' }
        : { show: 'areas', list: 'areas', ...changeOfLayer({ ...view.value, layer: areaLayer.value }, value) },
    );
  return (
    <SegmentedControl
      label="Shown on the map"
      options={options}
      value={show === 'hexagons' ? show : areaLayer.value}
      onChange={choose}
    />
  );
}

function ResolutionChoice() {
  const chosen = view.value.resolution;
  const size = (one: number) => formatLength(hexagonSize(one).widthMetres);
  return (
    <select
      class="select compact"
      aria-label="Size of the hexagons"
      value={String(chosen)}
      onChange={(event) => {
        const { value } = event.currentTarget;
        navigate({ resolution: value === 'auto' ? 'auto' : Number(value) });
      }}
    >
      <option value="auto">Auto{chosen === 'auto' ? `: ${size(resolution.value)}` : ''}</option>
      {fixedResolutions.map((one) => (
        <option key={one} value={String(one)}>
          {size(one)} across
        </option>
      ))}
    </select>
  );
}

/** A statistic may take seconds: it says so where one has just asked for it. */
function Computing() {
  const busy = cells.state.value.loading && view.value.measure !== 'count' && view.value.show === 'hexagons';
  return (
    <p class="computing muted" role="status">
      {busy ? 'Working out the statistic' : ''}
    </p>
  );
}

type LegendProps = { readonly picture: ShownPicture };

function Legend({ picture }: LegendProps) {
  return (
    <div class="legend">
      <LegendScale picture={picture} />
      <LegendRest picture={picture} />
      <LegendMethod picture={picture} />
    </div>
  );
}

/** On a narrow screen the map comes first: the classes stay, all else folds. */
function FoldedLegend({ picture }: LegendProps) {
  const answer = picture.kind === 'hexagons' && picture.scale.kind !== 'count' ? picture.answer : null;
  return (
    <div class="legend">
      <LegendScale picture={picture} />
      {answer ? (
        <details class="method-fold">
          <summary>
            Method and cautions{' '}
            {answer.notes && answer.notes.length > 0 && <span class="badge">{answer.notes.length}</span>}
          </summary>
          <LegendRest picture={picture} />
          <LegendMethod picture={picture} />
        </details>
      ) : (
        <LegendRest picture={picture} />
      )}
    </div>
  );
}

function LegendScale({ picture }: LegendProps) {
  if (picture.kind === 'hexagons' && picture.scale.kind !== 'count')
    return <MeasureLegend picture={picture} scale={picture.scale} />;
  const classes = picture.kind === 'areas' ? picture.classes : countClasses(picture);
  const title = unitText(picture);
  return (
    <>
      <p class="legend-title">
        {title.unit} {title.size && <span class="muted">{title.size}</span>}
      </p>
      {picture.kind === 'hexagons' && picture.answer.resolution > defaultResolution && (
        <p class="muted">Hexagons this small show the map points of data.police.uk, not true places.</p>
      )}
      {classes.length > 0 && <ClassScale classes={classes} things={title.things} />}
      {picture.kind === 'hexagons' && picture.month && (
        <p class="muted">{formatMonth(picture.month)}. One scale for all months.</p>
      )}
    </>
  );
}

function countClasses({ scale }: Extract<ShownPicture, { kind: 'hexagons' }>): readonly CountClass[] {
  return scale.kind === 'count' ? scale.classes : [];
}

function LegendRest({ picture }: LegendProps) {
  const nothing = picture.kind === 'areas' || picture.scale.kind === 'count' ? '0' : noValue[picture.scale.kind];
  const neutral = picture.kind === 'hexagons' && picture.scale.kind !== 'count' ? neutralCell : mapColours.inside;
  return (
    <ul class="legend-rest">
      {picture.kind === 'hexagons' && picture.scale.kind === 'giStar' && (
        <li>
          <OutlineSwitch />
        </li>
      )}
      {nothing && (
        <li>
          <span class="swatch" style={{ background: neutral }} />
          {nothing}
        </li>
      )}
      {hasAreaFilter() && (
        <li>
          <span class="swatch" style={{ background: mapColours.filteredOut }} />
          Filtered out
        </li>
      )}
      <li>
        <span class="swatch" style={{ background: mapColours.outside }} />
        {isNarrow.value
          ? 'No data'
          : `No data${areaLayerData.value ? `: outside the ${vintageName(areaLayerData.value)}` : ''}`}
      </li>
    </ul>
  );
}

/** What the neutral colour means, where the classes do not say so themselves. */
const noValue = { giStar: null, density: '0', change: 'No change', emerging: null, localMoran: null } as const;

/** How the classes were judged, what was studied, what to be careful about. */
function LegendMethod({ picture }: LegendProps) {
  if (picture.kind === 'areas' || picture.scale.kind === 'count') return null;
  const { answer, scale, method } = picture;
  return (
    <>
      {answer.study && <MethodChoice measure={scale.kind} study={answer.study} method={method} />}
      <StudyNotes study={answer.study} notes={answer.notes} />
    </>
  );
}

function OutlineSwitch() {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={view.value.outlines}
        onChange={(event) => navigate({ outlines: event.currentTarget.checked }, 'replace')}
      />
      Outlines
    </label>
  );
}

function ClassScale({ classes, things }: { readonly classes: readonly CountClass[]; readonly things: string }) {
  const colours = classColours(classes.length);
  return (
    <ol class="scale" aria-label="Classes of count">
      {classes.map(({ from, to, size }, index) => (
        <li key={from} title={`${formatCount(size)} ${things}`}>
          <span class="scale-colour" style={{ background: colours[index] }} />
          <span class="scale-bounds">
            {from === to ? formatCount(from) : `${formatCount(from)}–${formatCount(to)}`}
          </span>
        </li>
      ))}
    </ol>
  );
}

function unitText(picture: ShownPicture): { unit: string; size: string | null; things: string } {
  if (picture.kind === 'areas')
    return { unit: `Incidents per ${vintageNoun(picture)}`, size: null, things: areaNouns(picture.layer) };
  const { squareKilometres } = hexagonSize(picture.answer.resolution);
  return {
    unit: 'Incidents per hexagon',
    size: `(≈ ${formatArea(squareKilometres)})`,
    things: 'hexagons',
  };
}

function hasAreaFilter(): boolean {
  return view.value.filter.areas?.some(({ layer }) => layer === areaLayer.value) ?? false;
}
