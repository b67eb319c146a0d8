/** ColorBrewer YlOrRd (classes 3, 4, 6, 8 and 9 of nine): ordered by lightness, so safe for colour-blind eyes and in grey. */
export const ramp = ['#fed976', '#feb24c', '#fc4e2a', '#bd0026', '#800026'] as const;

/** As many colours as classes, light to dark, always ending as far apart as the ramp allows. */
export function classColours(classes: number): string[] {
  return classSteps(classes).map((index) => ramp[index] as string);
}

/** Where in the ramp the colour of each class is. */
export function classSteps(classes: number): readonly number[] {
  const picks: Record<number, readonly number[]> = { 0: [], 1: [2], 2: [1, 3], 3: [0, 2, 4], 4: [0, 1, 2, 4] };
  return picks[classes] ?? ramp.map((_, index) => index);
}

/** Neutrals of the map itself. */
export const mapColours = {
  outside: '#e9ebec',
  inside: '#fbfbfa',
  filteredOut: '#c6ccd1',
  boundary: '#4f5860',
  label: '#2a3036',
  halo: '#ffffff',
  selected: '#0b3d91',
  hovered: '#16191d',
} as const;

/** Hexagons of a statistic that says nothing there: lighter than every class. */
export const neutralCell = '#f1f2f2';

/** ColorBrewer RdBu, its palest steps a little stronger: hot and cold differ in hue, their levels in lightness. */
export const significanceColours = {
  hot99: '#a50f23',
  hot95: '#e4735a',
  hot90: '#f9c6ae',
  none: neutralCell,
  cold90: '#bfdcec',
  cold95: '#5f9fcb',
  cold99: '#1c4f93',
} as const;

/** As `significanceColours`: clusters dark, outliers in the lighter colour of their own value. */
export const quadrantColours = {
  'high-high': '#a50f23',
  'high-low': '#f4a582',
  'low-high': '#92c5de',
  'low-low': '#1c4f93',
} as const;

/** ColorBrewer PuOr, from little to much: orange for more, purple for less, and the same mixed with white. */
export const changeColours = {
  more: ['#fdb863', '#e08214', '#9b4d04'],
  less: ['#b2abd2', '#8073ac', '#4a2583'],
  morePale: ['#fef1e0', '#fae3c9', '#efd9c2'],
  lessPale: ['#f0eef6', '#e5e2ee', '#d8cfe4'],
} as const;
