const prefix = 'on or near ';

/** Kinds of place that data.police.uk gives instead of a street: they say what is there, not where it is. */
const kinds = new Set(
  [
    'Airport/Airfield',
    'Bus/Coach Station',
    'Conference/Exhibition Centre',
    'Further/Higher Educational Building',
    'Hospital',
    'Motorway Service Area',
    'Nightclub',
    'Park/Open Space',
    'Parking Area',
    'Pedestrian Subway',
    'Petrol Station',
    'Police Station',
    'Prison',
    'Race Track',
    'Shopping Area',
    'Sports/Recreation Area',
    'Supermarket',
    'Theatre/Concert Hall',
    'Theme/Adventure Park',
  ].map((name) => name.toLowerCase()),
);

/** The street in the `On or near X` of data.police.uk: `X`; null for blanks, "No Location" and kinds of place ("Supermarket"). */
export function streetName(location: string): string | null {
  const text = location.trim();
  const name = text.toLowerCase().startsWith(prefix) ? text.slice(prefix.length).trim() : text;
  if (name === '' || /^(no location|on or near)$/i.test(name)) return null;
  return kinds.has(name.toLowerCase()) ? null : name;
}
