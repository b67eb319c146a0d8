import { clock } from '../format.ts';
import { changeFilter, view } from '../state.ts';
import { ToggleRow } from './toggle-row.tsx';

const parts = [
  { name: 'Night', first: 0 },
  { name: 'Morning', first: 6 },
  { name: 'Afternoon', first: 12 },
  { name: 'Evening', first: 18 },
] as const;

/** Hours of the day in four rows of six; none pressed means all. */
export function HourFilter() {
  const chosen = view.value.filter.hours ?? [];
  const set = (hours: readonly number[], on: boolean) =>
    changeFilter({ hours: on ? [...chosen, ...hours] : chosen.filter((hour) => !hours.includes(hour)) });
  return (
    <fieldset class="group">
      <legend class="group-label">Hours of the day</legend>
      <div class="hours">
        {parts.map(({ name, first }) => {
          const hours = Array.from({ length: 6 }, (_, index) => first + index);
          const all = hours.every((hour) => chosen.includes(hour));
          return (
            <div class="hours-part" key={name}>
              <button
                type="button"
                class="part-button"
                aria-pressed={all}
                title={`${clock(first)} to ${clock((first + 6) % 24)}`}
                onClick={() => set(hours, !all)}
              >
                {name}
              </button>
              <ToggleRow
                toggles={hours.map((hour) => ({
                  key: hour,
                  text: String(hour).padStart(2, '0'),
                  label: `${clock(hour)} to ${clock((hour + 1) % 24)}`,
                  pressed: chosen.includes(hour),
                  onToggle: () => set([hour], !chosen.includes(hour)),
                }))}
              />
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
