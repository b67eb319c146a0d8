import { type Catalog, defaultResolution } from '../../server/model.ts';
import { areaLayer, resolution } from '../data.ts';
import { formatArea, formatCount, formatLength } from '../format.ts';
import { areaNoun, areaNouns, capitalised } from '../layer-names.ts';
import { SegmentedControl } from '../panels/segmented-control.tsx';
import { isNarrow, navigate, view } from '../state.ts';
import { fixedResolutions } from '../view.ts';
import type { CountClass } from './class-breaks.ts';
import { hexagonSize } from './hexagon-size.ts';
import { type ShownPicture, shownPicture } from './map-signals.ts';
import { classColours, mapColours } from './palette.ts';

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
      {picture && <Legend picture={picture} />}
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
    navigate(value === 'hexagons' ? { show: 'hexagons' } : { show: 'areas', layer: value, list: 'areas' });
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
      <option value="auto">Auto{chosen === 'auto' ? `: ${size(resolution.value)}` : ', by zoom'}</option>
      {fixedResolutions.map((one) => (
        <option key={one} value={String(one)}>
          {size(one)} across
        </option>
      ))}
    </select>
  );
}

function Legend({ picture }: { readonly picture: ShownPicture }) {
  const { classes } = picture;
  const title = unitText(picture);
  return (
    <div class="legend">
      <p class="legend-title">
        {title.unit} {title.size && <span class="muted">{title.size}</span>}
      </p>
      {picture.kind === 'hexagons' && picture.resolution > defaultResolution && (
        <p class="muted">Hexagons this small show the map points of data.police.uk, not true places.</p>
      )}
      {classes.length > 0 && <ClassScale classes={classes} things={title.things} />}
      <ul class="legend-rest">
        <li>
          <span class="swatch" style={{ background: mapColours.inside }} />0
        </li>
        {hasAreaFilter() && (
          <li>
            <span class="swatch" style={{ background: mapColours.filteredOut }} />
            Filtered out
          </li>
        )}
        <li>
          <span class="swatch" style={{ background: mapColours.outside }} />
          {isNarrow.value ? 'No data' : `No data: outside the ${areaNouns(areaLayer.value)}`}
        </li>
      </ul>
    </div>
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
    return { unit: `Incidents per ${areaNoun(picture.layer)}`, size: null, things: areaNouns(picture.layer) };
  const { squareKilometres } = hexagonSize(picture.resolution);
  return {
    unit: 'Incidents per hexagon',
    size: `(≈ ${formatArea(squareKilometres)})`,
    things: 'hexagons',
  };
}

function hasAreaFilter(): boolean {
  return view.value.filter.areas?.some(({ layer }) => layer === areaLayer.value) ?? false;
}
