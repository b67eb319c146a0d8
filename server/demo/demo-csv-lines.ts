import { type DemoIncident, demoIncidents, demoSeed } from './demo-incidents.ts';

const header = 'id,category,occurred_from,occurred_to,lat,lng,location,flags';

/** The demo as lines of our own incidents CSV, header first, each with its line end. */
export function* demoCsvLines(seed = demoSeed): Generator<string> {
  yield `${header}\n`;
  for (const incident of demoIncidents(seed)) yield `${toLine(incident)}\n`;
}

function toLine({ id, category, occurredFrom, occurredTo, lat, lng, location, flags }: DemoIncident): string {
  const fields = [id, category, occurredFrom, occurredTo, lat ?? '', lng ?? '', location, flags.join(';')];
  return fields.map((field) => quote(String(field))).join(',');
}

function quote(field: string): string {
  return /[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
