import { latLngToCell } from 'h3-js';
import { type DemoIncident, demoIncidents } from '../../server/demo/demo-incidents.ts';
import { wardByCell, wardResolution } from '../../server/demo/demo-wards.ts';
import { isWithin } from '../../server/demo/plan-incidents.ts';
import { readDemoData } from '../../server/demo/read-demo-data.ts';

/** A question of the golden files, as the API would be asked. */
export type Query = {
  readonly categories: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly area?: string;
  readonly flags?: readonly string[];
};

export const demoData = readDemoData();
export const incidents = demoIncidents();
const wardOf = wardByCell(demoData);

/** The ward that holds an incident by its H3 cell, null when it has no place. */
export function wardOfIncident({ lat, lng }: DemoIncident): string | null {
  if (lat === null || lng === null) return null;
  return wardOf.get(latLngToCell(lat, lng, wardResolution)) ?? 'outside';
}

const wards = new Map(incidents.map((incident) => [incident, wardOfIncident(incident)]));

/** The demo's incidents that a question asks for. */
export function select({ categories, from, to, area, flags = [] }: Query): readonly DemoIncident[] {
  return incidents.filter(
    (incident) =>
      incident.occurredFrom.slice(0, 10) >= from &&
      incident.occurredFrom.slice(0, 10) <= to &&
      categories.some((code) => isWithin(incident.category, code)) &&
      flags.every((flag) => incident.flags.includes(flag)) &&
      (area === undefined || wards.get(incident) === area),
  );
}

/** Counts by a key, largest first. */
export function tally<Key>(items: readonly DemoIncident[], keyOf: (incident: DemoIncident) => Key): [Key, number][] {
  const counts = new Map<Key, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
