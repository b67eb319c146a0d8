const prefix = 'on or near ';

/** The street in the `On or near X` of data.police.uk: `X`, or null for "No Location" and blanks. */
export function streetName(location: string): string | null {
  const text = location.trim();
  const name = text.toLowerCase().startsWith(prefix) ? text.slice(prefix.length).trim() : text;
  return name === '' || /^(no location|on or near)$/i.test(name) ? null : name;
}
