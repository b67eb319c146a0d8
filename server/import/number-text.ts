/**
 * A number as a person sees it in a cell: 15 digits at most, so that 1.2099999999999997, which is how a computer
 * keeps 1.21 after a sum, is 1.21 again; never with an exponent.
 */
export function numberText(given: string): string {
  if (given.length <= 15 && /^-?(0|[1-9]\d*)(\.\d*[1-9])?$/.test(given)) return given;
  const value = Number(given);
  return given.trim() === '' || !Number.isFinite(value) ? given : plainNumber(Number(value.toPrecision(15)));
}

/** A number without an exponent: 0.0000005, where a computer writes 5e-7. */
export function plainNumber(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  const [digits, exponent] = [text.replace(/e.*/, ''), Number(text.slice(text.indexOf('e') + 1))];
  const [whole, fraction = ''] = digits.replace('-', '').split('.') as [string, string?];
  const sign = value < 0 ? '-' : '';
  if (exponent > 0) return sign + whole + fraction.padEnd(exponent, '0');
  return `${sign}0.${'0'.repeat(-exponent - 1)}${whole}${fraction}`;
}
