import { type DateRange, isRealDay } from '../../server/model.ts';
import { formatRange } from '../format.ts';
import { PlayButton } from '../months/play-button.tsx';
import { periodsWithin } from '../periods.ts';
import { changeFilter, view } from '../state.ts';

type Props = { readonly extent: DateRange };

/** A quick pick of a period, or two dates. */
export function DateFilter({ extent }: Props) {
  const { from, to } = view.value.filter;
  const groups = periodsWithin(extent);
  const value = from || to ? `${from ?? ''}..${to ?? ''}` : 'all';
  const known =
    value === 'all' || groups.some(({ periods }) => periods.some((one) => `${one.from}..${one.to}` === value));
  const pick = (picked: string) => {
    const [start, end] = picked === 'all' ? [] : picked.split('..');
    changeFilter({ from: start, to: end });
  };
  return (
    <fieldset class="group">
      <legend class="group-label">Dates</legend>
      <select
        class="select"
        aria-label="Period"
        value={known ? firstWith(groups, value) : 'other'}
        onChange={(event) => pick(event.currentTarget.value.replace(/^.*\|/, ''))}
      >
        <option value="all">All dates held ({formatRange(extent.from, extent.to)})</option>
        {!known && (
          <option value="other" disabled>
            {formatRange(from, to)}
          </option>
        )}
        {groups.map(({ label, periods }) => (
          <optgroup key={label} label={label}>
            {periods.map((period) => (
              <option key={period.label} value={`${label}|${period.from}..${period.to}`}>
                {period.label}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <div class="date-pair">
        <DayInput label="From" value={from ?? extent.from} min={extent.from} max={to ?? extent.to} part="from" />
        <DayInput label="To" value={to ?? extent.to} min={from ?? extent.from} max={extent.to} part="to" />
      </div>
      <PlayButton />
    </fieldset>
  );
}

type DayInputProps = {
  readonly label: string;
  readonly value: string;
  readonly min: string;
  readonly max: string;
  readonly part: 'from' | 'to';
};

function DayInput({ label, value, min, max, part }: DayInputProps) {
  return (
    <label class="day">
      <span>{label}</span>
      <input
        type="date"
        value={value}
        min={min}
        max={max}
        onChange={(event) => {
          const day = event.currentTarget.value;
          // While a date is being typed its year may be 0002: wait until it lies within the data.
          if (isRealDay(day) && day >= min && day <= max) changeFilter({ [part]: day });
        }}
      />
    </label>
  );
}

/** The same days may be in two groups ("last 12 months" and "2018"): the first is shown as chosen. */
function firstWith(groups: ReturnType<typeof periodsWithin>, value: string): string {
  const group = groups.find(({ periods }) => periods.some((one) => `${one.from}..${one.to}` === value));
  return group ? `${group.label}|${value}` : value;
}
