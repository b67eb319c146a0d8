/** Pixels that a year takes below a chart, with the gap to the next. */
const yearWidth = 38;

/** Months under which a chart names the year: the first, and of the Januaries so many that the years stand apart. */
export function yearTicks(months: readonly string[], width: number): string[] {
  const starts = months.filter((month, index) => index === 0 || month.endsWith('-01'));
  const perMonth = width / Math.max(1, months.length);
  const yearsApart = Math.max(1, Math.ceil(yearWidth / (12 * perMonth)));
  const kept: string[] = [];
  for (const month of starts) {
    const last = kept.at(-1);
    const isClose = last !== undefined && (months.indexOf(month) - months.indexOf(last)) * perMonth < yearWidth;
    // the years named are as far apart from one another
    const isBetween = kept.length > 1 && (Number(month.slice(0, 4)) - Number(kept[1]!.slice(0, 4))) % yearsApart !== 0;
    if (!isClose && !isBetween) kept.push(month);
  }
  return kept;
}
