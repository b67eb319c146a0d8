import type { Position } from '../model.ts';

/** Degrees that hold a country with its islands. */
const countries = {
  uk: { south: 49.8, west: -8.7, north: 60.9, east: 1.8 },
} as const;

export type Country = keyof typeof countries;

/** Whether a position lies in the rectangle round a country. */
export function isInCountry(country: Country, { lat, lng }: Position): boolean {
  const { south, west, north, east } = countries[country];
  return lat >= south && lat <= north && lng >= west && lng <= east;
}

/** What is wrong with a position in a country: 0, 0; latitude and longitude exchanged; elsewhere. Null when it lies within. */
export function placeProblem(country: Country, position: Position): 'zero' | 'swapped' | 'outside' | null {
  if (isInCountry(country, position)) return null;
  if (position.lat === 0 && position.lng === 0) return 'zero';
  return isInCountry(country, { lat: position.lng, lng: position.lat }) ? 'swapped' : 'outside';
}
