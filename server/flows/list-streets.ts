import { type Places, textAt } from '../count/columns.ts';
import { streetName } from '../import/street-name.ts';
import type { Streets } from '../model.ts';
import { inThread, task } from '../threads.ts';
import type { Holdings } from './load-holdings.ts';
import { remember } from './remember.ts';

/** A map shows no more names than this, most frequent first. */
const mostStreets = 4000;
/** Two places of one name further apart than this (degrees, about 500 m) are two streets. */
const apart = 0.005;
/** Fewer places than this are gone through at once, in some milliseconds. */
const fewPlaces = 20_000;
const namesTask = task<typeof streetsOf>(new URL('./list-streets.ts', import.meta.url), 'streetsOf');

/** Street names where the incidents' own locations put them: the incident-weighted middle of each name's places. */
export function listStreets(holdings: Holdings): Promise<Streets> {
  return remember(holdings, 'streets', async () => {
    const { places, version, incidentsBefore } = holdings.columns;
    const isShort = places.ids.length < fewPlaces;
    const streets = isShort ? streetsOf(places, incidentsBefore) : await inThread(namesTask, places, incidentsBefore);
    return { version, streets };
  });
}

/** Groups places by street name and neighbourhood. */
export function streetsOf(
  { lats, lngs, locationOf, locations }: Places,
  incidentsBefore: Uint32Array,
): Streets['streets'] {
  const names = Array.from({ length: locations.start.length - 1 }, (_, text) => streetName(textAt(locations, text)));
  const groups = new Map<string, { name: string; lat: number; lng: number; count: number }>();
  for (let place = 0; place < lats.length; place++) {
    const name = names[locationOf[place]!];
    if (!name) continue;
    const count = incidentsBefore[place + 1]! - incidentsBefore[place]!;
    const key = `${name} ${Math.round(lats[place]! / apart)} ${Math.round(lngs[place]! / apart)}`;
    const group = groups.get(key) ?? { name, lat: 0, lng: 0, count: 0 };
    group.lat += lats[place]! * count;
    group.lng += lngs[place]! * count;
    group.count += count;
    groups.set(key, group);
  }
  return [...groups.values()]
    .filter(({ count }) => count > 0)
    .map(({ name, lat, lng, count }) => ({ name, lat: lat / count, lng: lng / count, count }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name))
    .slice(0, mostStreets);
}
