/** A cell that a spreadsheet would run as a formula. */
const formula = /^[=+\-@\t\r\n]/;

/** A table as CSV (RFC 4180), safe to open in a spreadsheet: text that would be run as a formula is marked as text. */
export function toCsv(
  columns: readonly string[],
  rows: Iterable<readonly (string | number | null | undefined)[]>,
): string {
  const lines = [columns.map(field).join(',')];
  for (const row of rows) lines.push(row.map(field).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

function field(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
