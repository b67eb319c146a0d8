/** Numbers as sentences say them. */

/** A share as `47 %`, with one decimal below ten; a thin space would break in a spreadsheet. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value >= 9.95 || value === 0 ? Math.round(value) : value.toFixed(1)} %`;
}

/** A whole number as `36,118`. */
export function whole(count: number): string {
  return Math.round(count).toLocaleString('en-GB');
}

/** A p as `p 0.012` or `p < 0.001`. */
export function pWords(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p ${p.toFixed(3)}`;
}
