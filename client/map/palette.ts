/** ColorBrewer YlOrRd (classes 3, 4, 6, 8 and 9 of nine): ordered by lightness, so safe for colour-blind eyes and in grey. */
const ramp = ['#fed976', '#feb24c', '#fc4e2a', '#bd0026', '#800026'] as const;

/** As many colours as classes, light to dark, always ending as far apart as the ramp allows. */
export function classColours(classes: number): string[] {
  const picks: Record<number, readonly number[]> = { 0: [], 1: [2], 2: [1, 3], 3: [0, 2, 4], 4: [0, 1, 2, 4] };
  return (picks[classes] ?? ramp.map((_, index) => index)).map((index) => ramp[index] as string);
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
