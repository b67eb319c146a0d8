import { weekdayNames } from '../../server/model.ts';
import { changeFilter, view } from '../state.ts';
import { type Toggle, ToggleRow } from './toggle-row.tsx';

const labels = {
  mon: ['Mon', 'Monday'],
  tue: ['Tue', 'Tuesday'],
  wed: ['Wed', 'Wednesday'],
  thu: ['Thu', 'Thursday'],
  fri: ['Fri', 'Friday'],
  sat: ['Sat', 'Saturday'],
  sun: ['Sun', 'Sunday'],
} as const;

/** Days of the week; none pressed means all. */
export function WeekdayFilter() {
  const chosen = view.value.filter.weekdays ?? [];
  const toggles: Toggle[] = weekdayNames.map((name) => ({
    key: name,
    text: labels[name][0],
    label: labels[name][1],
    pressed: chosen.includes(name),
    onToggle: () =>
      changeFilter({
        weekdays: chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name],
      }),
  }));
  return (
    <fieldset class="group">
      <legend class="group-label">Days of the week</legend>
      <ToggleRow toggles={toggles} />
    </fieldset>
  );
}
