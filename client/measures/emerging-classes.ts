/** What the history of a hexagon can be, in the order of how much it matters to a meeting. */
const patterns = [
  {
    name: 'intensifying',
    label: 'Intensifying',
    note: 'in nearly all periods, and growing',
    hot: '#67000d',
    cold: '#08306b',
  },
  {
    name: 'persistent',
    label: 'Persistent',
    note: 'in nearly all periods, with no trend',
    hot: '#d7301f',
    cold: '#2171b5',
  },
  {
    name: 'consecutive',
    label: 'Consecutive',
    note: 'in the last few periods in a row, never before',
    hot: '#fd8d3c',
    cold: '#41b6c4',
  },
  { name: 'new', label: 'New', note: 'in the last period only', hot: '#ffe066', cold: '#c7f0e4' },
  { name: 'sporadic', label: 'Sporadic', note: 'on and off, and in the last period', hot: '#d9a3c4', cold: '#a9b8d8' },
  {
    name: 'oscillating',
    label: 'Oscillating',
    note: 'in the last period, the opposite in an earlier one',
    hot: '#8e4585',
    cold: '#1b7f6b',
  },
  {
    name: 'diminishing',
    label: 'Diminishing',
    note: 'in nearly all periods, but weakening',
    hot: '#f4a582',
    cold: '#92c5de',
  },
  {
    name: 'historical',
    label: 'Historical',
    note: 'in nearly all periods, but not the last',
    hot: '#8c6d5a',
    cold: '#607d8b',
  },
] as const;

export type EmergingClass = {
  readonly key: string;
  readonly label: string;
  readonly note: string;
  readonly colour: string;
};

/** Every class but `none`: hot ones first. */
export const emergingClasses: readonly EmergingClass[] = (['hot', 'cold'] as const).flatMap((kind) =>
  patterns.map(({ name, label, note, [kind]: colour }) => ({
    key: `${name}-${kind}`,
    label: `${label} ${kind} spot`,
    note: `${kind} ${note}`,
    colour,
  })),
);

/** The class of a name the service gives; undefined for `none`. */
export function emergingClass(key: string | undefined): EmergingClass | undefined {
  return emergingClasses.find((one) => one.key === key);
}
