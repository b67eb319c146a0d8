import type { Catalog } from '../../server/model.ts';
import { areaNoun, capitalised } from '../layer-names.ts';
import { exampleOf, reasonOf } from './column-reasons.ts';
import { ColumnSelect } from './column-select.tsx';
import { Field } from './field.tsx';
import { changeMapping, preview } from './import-state.ts';
import { emptyPlace, type PlaceMapping } from './mapping.ts';

type Props = {
  readonly places: readonly PlaceMapping[];
  readonly catalog: Catalog;
  readonly error?: string | undefined;
};

const systems: Record<PlaceMapping['system'], string> = {
  wgs84: 'Latitude and longitude',
  bng: 'British National Grid',
  postcode: 'Postcode',
  street: 'Street name',
  area: 'Area only (such as a ward)',
};

const uses = {
  wgs84: ['lat', 'lng'],
  bng: ['easting', 'northing'],
  postcode: ['postcode'],
  street: ['street', 'location'],
  area: ['area'],
} as const;

/** The ways to place an incident, tried in order until one gives a place. */
export function PlacesField({ places, catalog, error }: Props) {
  const set = (next: readonly PlaceMapping[]) => changeMapping({ places: next });
  const shown = places.length > 0 ? places : [emptyPlace('wgs84')];
  return (
    <Field
      id="places"
      label="Where it happened"
      hint="Tried in this order until one gives a place. Where only the area is known, the incident counts there and is on no hexagon."
      error={error}
    >
      <ol class="places">
        {shown.map((place, index) => (
          <li key={index}>
            <PlaceRow
              number={index + 1}
              place={place}
              catalog={catalog}
              invalid={Boolean(error)}
              onChange={(next) => set(shown.map((one, at) => (at === index ? next : one)))}
            />
            {shown.length > 1 && (
              <button type="button" class="link-button" onClick={() => set(shown.filter((_, at) => at !== index))}>
                Take away<span class="visually-hidden"> way {index + 1} to place incidents</span>
              </button>
            )}
          </li>
        ))}
      </ol>
      <button type="button" class="link-button" onClick={() => set([...shown, emptyPlace(nextSystem(shown))])}>
        Add another way
      </button>
    </Field>
  );
}

function nextSystem(places: readonly PlaceMapping[]): PlaceMapping['system'] {
  const order = ['postcode', 'street', 'area', 'bng', 'wgs84'] as const;
  return order.find((system) => !places.some((place) => place.system === system)) ?? 'postcode';
}

type RowProps = {
  readonly number: number;
  readonly place: PlaceMapping;
  readonly catalog: Catalog;
  readonly invalid: boolean;
  readonly onChange: (place: PlaceMapping) => void;
};

function PlaceRow({ number, place, catalog, invalid, onChange }: RowProps) {
  const { system, first, second } = place;
  const { data } = preview.value;
  const named = [...first, second].filter(Boolean);
  const example = data && exampleOf(data, named);
  const reason = data && reasonOf(data, named, uses[system]);
  return (
    <>
      <select
        class="select"
        aria-label={`Way ${number} to place incidents`}
        value={system}
        onChange={(event) =>
          onChange(emptyPlace(event.currentTarget.value as PlaceMapping['system'], layerOf(catalog)))
        }
      >
        {Object.entries(systems).map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
      <div class="place-columns">
        <PlaceColumns number={number} place={place} catalog={catalog} invalid={invalid} onChange={onChange} />
      </div>
      {example && <p class="muted example">{example}</p>}
      {reason && <p class="muted example">{reason}</p>}
    </>
  );
}

const pairNames = { wgs84: ['Latitude', 'Longitude'], bng: ['Easting', 'Northing'] } as const;

function PlaceColumns({ number, place, catalog, invalid, onChange }: RowProps) {
  const { system, first, second, town, layer } = place;
  const [one = '', two = ''] = first;
  const choice = (shown: string, value: string, none: string, change: (column: string) => Partial<PlaceMapping>) => (
    <ColumnSelect
      label={`Way ${number}: ${shown}`}
      shown={shown}
      value={value}
      columns={preview.value.data?.columns ?? []}
      none={none}
      invalid={invalid}
      describedBy={invalid ? 'places-error' : undefined}
      onChoose={(column) => onChange({ ...place, ...change(column) })}
    />
  );
  if (system === 'wgs84' || system === 'bng')
    return (
      <>
        {choice(pairNames[system][0], one, 'Choose a column', (column) => ({ first: [column] }))}
        {choice(pairNames[system][1], second, 'Choose a column', (column) => ({ second: column }))}
      </>
    );
  if (system !== 'street')
    return (
      <>
        {choice('Column', one, 'Choose a column', (column) => ({ first: [column].filter(Boolean) }))}
        {system === 'area' && choice('In the larger area', second, 'Not named', (column) => ({ second: column }))}
        {system === 'area' && (
          <LayerSelect
            number={number}
            layer={layer}
            catalog={catalog}
            onChoose={(name) => onChange({ ...place, layer: name })}
          />
        )}
      </>
    );
  return (
    <>
      {choice('Column', one, 'Choose a column', (column) => ({ first: [column, two].filter(Boolean) }))}
      {choice('Joined with', two, 'No other column', (column) => ({ first: [one, column].filter(Boolean) }))}
      <label>
        <span>Town, if all are in one</span>
        <input
          class="text-input"
          aria-label={`Way ${number}: town, if all streets are in one`}
          value={town}
          onInput={(event) => onChange({ ...place, town: event.currentTarget.value })}
        />
      </label>
    </>
  );
}

function layerOf({ layers }: Catalog): string {
  return layers[0]?.layer ?? 'ward';
}

type LayerProps = {
  readonly number: number;
  readonly layer: string;
  readonly catalog: Catalog;
  readonly onChoose: (layer: string) => void;
};

function LayerSelect({ number, layer, catalog, onChoose }: LayerProps) {
  const names = [...new Set([...catalog.layers.map((held) => held.layer), layer])];
  return (
    <label>
      <span>Kind of area</span>
      <select
        class="select"
        aria-label={`Way ${number}: kind of area`}
        value={layer}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {names.map((name) => (
          <option key={name} value={name}>
            {capitalised(areaNoun(name))}
          </option>
        ))}
      </select>
    </label>
  );
}
