import { player } from './month-player.ts';

type Props = {
  /** The months of the chart, in order. */
  readonly months: readonly string[];
  /** Room left of the first column, in pixels, and the part of a column that is a gap. */
  readonly marginLeft: number;
  readonly padding: number;
};

/** Marks the month that is played on the chart of months, which is not drawn anew for each. */
export function MonthMarker({ months, marginLeft, padding }: Props) {
  const now = player.value;
  const at = now?.pictures ? months.indexOf(now.months[now.index] as string) : -1;
  if (at < 0) return null;
  const room = `(100% - ${marginLeft}px) / ${months.length + padding}`;
  return (
    <span
      class="month-marker"
      aria-hidden="true"
      style={{
        left: `calc(${marginLeft}px + ${room} * ${at + padding})`,
        width: `calc(${room} * ${1 - padding})`,
      }}
    />
  );
}
