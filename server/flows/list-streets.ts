import { streetName } from '../import/street-name.ts';
import type { Streets } from '../model.ts';
import type { Holdings } from './load-holdings.ts';

/** A map shows no more names than this, most frequent first. */
const mostStreets = 4000;
/** Two places of one name further apart than this (degrees, about 500 m) are two streets. */
const apart = 0.005;

const listed = new WeakMap<Holdings, Streets>();

/** Street names where the incidents' own locations put them: the incident-weighted middle of each name's places. */
export function listStreets(holdings: Holdings): Streets {
  const known = listed.get(holdings);
  if (known) return known;
  const { columns } = holdings;
  const { lats, lngs, locationOf, locations } = columns.places;
  const names = locations.map(streetName);
  const groups = new Map<string, { name: string; lat: number; lng: number; count: number }>();
  for (let place = 0; place < lats.length; place++) {
    const name = names[locationOf[place]!];
    if (!name) continue;
    const count = columns.placeStart[place + 1]! - columns.placeStart[place]!;
    const key = `${name} ${Math.round(lats[place]! / apart)} ${Math.round(lngs[place]! / apart)}`;
    const group = groups.get(key) ?? { name, lat: 0, lng: 0, count: 0 };
    group.lat += lats[place]! * count;
    group.lng += lngs[place]! * count;
    group.count += count;
    groups.set(key, group);
  }
  const streets = [...groups.values()]
    .filter(({ count }) => count > 0)
    .map(({ name, lat, lng, count }) => ({ name, lat: lat / count, lng: lng / count, count }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name))
    .slice(0, mostStreets);
  const answer = { version: columns.version, streets };
  listed.set(holdings, answer);
  return answer;
}
