import type { Catalog } from '../../server/model.ts';
import { formatCount } from '../format.ts';
import { changeFilter, view } from '../state.ts';

type Props = { readonly flags: Catalog['flags'] };

/** Marks an incident may carry: any, only with, only without. */
export function FlagFilter({ flags }: Props) {
  const { has = [], lacks = [] } = view.value.filter.flags ?? {};
  const choose = (code: string, choice: string) => {
    const others = (codes: readonly string[]) => codes.filter((other) => other !== code);
    changeFilter({
      flags: {
        has: choice === 'has' ? [...others(has), code] : others(has),
        lacks: choice === 'lacks' ? [...others(lacks), code] : others(lacks),
      },
    });
  };
  const active = has.length + lacks.length;
  return (
    <details class="group" open={active > 0}>
      <summary class="group-label">Flags{active > 0 && ` (${active} set)`}</summary>
      {flags
        .filter(({ code, count }) => count > 0 || has.includes(code) || lacks.includes(code))
        .map(({ code, name, count }) => (
          <label key={code} class="flag">
            <span class="check-text">{name}</span>
            <span class="check-count" title="Incidents held with this flag">
              {formatCount(count)}
            </span>
            <select
              class="select compact"
              value={has.includes(code) ? 'has' : lacks.includes(code) ? 'lacks' : 'any'}
              onChange={(event) => choose(code, event.currentTarget.value)}
            >
              <option value="any">Any</option>
              <option value="has">Only</option>
              <option value="lacks">Without</option>
            </select>
          </label>
        ))}
    </details>
  );
}
