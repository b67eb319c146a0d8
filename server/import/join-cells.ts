/** Makes the reader of a row's text in a column, or of several joined by a space; columns a file lacks are left out. */
export function joinCells(
  header: readonly string[],
  columns: string | readonly string[],
): (fields: readonly string[]) => string {
  const names = header.map(foldColumn);
  const places = [columns]
    .flat()
    .map((column) => names.indexOf(foldColumn(column)))
    .filter((at) => at >= 0);
  if (places.length === 1) return (fields) => (fields[places[0]!] ?? '').trim();
  return (fields) =>
    places
      .map((at) => (fields[at] ?? '').trim())
      .filter((text) => text !== '')
      .join(' ');
}

/** Names of columns are compared without regard to capitals, spaces and underscores. */
export function foldColumn(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ');
}
