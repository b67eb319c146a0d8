/** A profile saved before, for logs whose reference is called a log number. */
export const nightLogProfile = {
  name: 'night-log',
  title: 'Night log',
  source: 'Night log',
  attribution: '',
  required: ['Log number', 'ASB type', 'Date reported', 'Time', 'Latitude', 'Longitude'],
  country: 'uk',
  timeZone: 'Europe/London',
  category: { column: 'ASB type', mapping: 'council-asb' },
  time: { from: ['Date reported', 'Time'], formats: ['DD/MM/YYYY HH:MM'] },
  places: [{ system: 'wgs84', lat: 'Latitude', lng: 'Longitude' }],
  identity: { id: 'Log number' },
};

/** A council's log: words no mapping knows, a date in two columns, one date that does not exist. */
export function councilLog(reference = 'Reference'): string {
  const kinds = ['Noise nuisance', 'Begging', 'Fireworks'];
  const rows = Array.from({ length: 60 }, (_, index) => {
    const day = String(1 + (index % 28)).padStart(2, '0');
    const [lat, lng] = [54.68 + (index % 7) / 1000, -1.22 + (index % 9) / 1000];
    return `C${index},${index % 10 === 9 ? 'Zorbing in the park' : kinds[index % 3]},${day}/04/2023,14:05,York Road,${lat.toFixed(5)},${lng.toFixed(5)}`;
  });
  const header = `${reference},ASB type,Date reported,Time,Address,Latitude,Longitude`;
  return [header, ...rows, 'C99,Begging,31/02/2023,10:00,York Road,54.68,-1.22'].join('\n');
}
