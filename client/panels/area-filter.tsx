import { useState } from 'preact/hooks';
import { formatCount } from '../format.ts';
import { changeFilter, hovered, view } from '../state.ts';

type Area = { readonly code: string; readonly name: string };
type Props = { readonly layer: string; readonly title: string; readonly areas: readonly Area[] };

/** Above this many areas a search box helps. */
const searchFrom = 8;

/** A list of areas to tick; none ticked means all. */
export function AreaFilter({ layer, title, areas }: Props) {
  const [search, setSearch] = useState('');
  const chosen = view.value.filter.areas ?? [];
  const isChosen = (code: string) => chosen.some((area) => area.layer === layer && area.code === code);
  const toggle = (code: string) =>
    changeFilter({
      areas: isChosen(code)
        ? chosen.filter((area) => !(area.layer === layer && area.code === code))
        : [...chosen, { layer, code }],
    });
  const found = [...areas]
    .sort((a, b) => a.name.localeCompare(b.name, 'en-GB'))
    .filter(({ code, name }) => `${name} ${code}`.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <fieldset class="group">
      <legend class="group-label">
        {title} <span class="muted">({formatCount(areas.length)})</span>
      </legend>
      {areas.length >= searchFrom && (
        <input
          type="search"
          class="search"
          aria-label={`Find among ${title.toLowerCase()}`}
          placeholder="Find by name or code"
          value={search}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <ul class="area-list">
        {found.map(({ code, name }) => (
          <li key={code}>
            <label
              class="check"
              onMouseEnter={() => {
                hovered.value = { kind: 'area', layer, code };
              }}
              onMouseLeave={() => {
                hovered.value = null;
              }}
            >
              <input type="checkbox" checked={isChosen(code)} onChange={() => toggle(code)} />
              <span class="check-text">{name}</span>
            </label>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="muted">None with this name</p>}
    </fieldset>
  );
}
