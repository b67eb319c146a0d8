/** A figure with no more digits than a measurement bears: 1,234, 123, 12.3, 1.23 or 0.0012. */
export function figureText(value: number): string {
  if (value >= 99.95) return Math.round(value).toLocaleString('en-GB');
  if (value < 0.0995) return String(Number(value.toPrecision(2)));
  return value >= 9.995 ? value.toFixed(1) : value.toFixed(2);
}
