/** The next of 1, 2, 5, 10, 20, 50, …: what lies within 130 metres lies within 200. */
export function roundUpMetres(metres: number): number {
  if (metres <= 1) return metres;
  const power = 10 ** Math.floor(Math.log10(metres));
  const step = [1, 2, 5].find((factor) => metres <= factor * power) ?? 10;
  return step * power;
}
