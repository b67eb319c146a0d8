import type { Quality } from '../../server/import-model.ts';
import { formatCount, formatIncidents, formatLength, formatMonth, formatShare } from '../format.ts';

/** The forms times are known in, those that occur, the finest first. */
export function precisionRows({ timePrecision }: Quality): { readonly label: string; readonly count: number }[] {
  const { minute, hour, day, month } = timePrecision;
  const rows = [
    { label: 'To the minute', count: minute },
    { label: 'To the hour', count: hour },
    { label: 'To the day', count: day },
    { label: 'To the month', count: month },
  ];
  return rows.filter(({ count }) => count > 0);
}

/** How closely places are known: `Within 10 m`. */
export function withinLabel(metres: number | null): string {
  if (metres === null) return 'Not known how closely';
  return metres < 10 ? `Within ${metres} m` : `Within ${formatLength(metres)}`;
}

/** What stacked points mean, in one sentence. */
export function stackedSentence({ stacked }: Quality): string {
  const { points, topTen, share } = stacked;
  if (points === 0 || share === null) return 'No incident has a point.';
  if (points === 1) return 'All incidents with a point stand on the same one.';
  const most = points <= 10 ? `on ${points} points` : `on the ten commonest of ${formatCount(points)} points`;
  return `${formatIncidents(topTen)} (${formatShare(share, 1)}) ${topTen === 1 ? 'stands' : 'stand'} ${most}.`;
}

/** What was found of duplicates, a sentence each. */
export function duplicateSentences({ duplicates: { sameContent, repeatedIds } }: Quality): string[] {
  const sentences = [
    ...(repeatedIds > 0
      ? [
          `${formatCount(repeatedIds)} ${repeatedIds === 1 ? 'row has' : 'rows have'} a reference number that came before in the file.`,
        ]
      : []),
    ...(sameContent > 0
      ? [
          `${formatIncidents(sameContent)} without a reference number ${sameContent === 1 ? 'equals' : 'equal'} another in all that is kept. They are counted: real incidents can look alike.`,
        ]
      : []),
  ];
  return sentences.length > 0 ? sentences : ['None were found.'];
}

/** What is odd about the months: those missing, and those far from the usual. */
export function monthSentences({ months }: Quality): string[] {
  const missing = months.filter((month) => month.missing).map(({ month }) => month);
  const sudden = months.filter((month) => month.sudden && !month.missing);
  const [first, last] = [months[0], months.at(-1)];
  if (!first || !last) return ['No incident has a date.'];
  const span = first === last ? formatMonth(first.month) : `${formatMonth(first.month)} to ${formatMonth(last.month)}`;
  return [
    missing.length === 0
      ? `No month is missing: ${span}.`
      : `${missing.length === 1 ? '1 month is' : `${missing.length} months are`} missing between ${formatMonth(first.month)} and ${formatMonth(last.month)}: ${spans(missing)}.`,
    ...sudden.map(
      ({ month, incidents, usual }) =>
        `${formatMonth(month)} is far from the usual: ${formatIncidents(incidents)}${usual === null ? '' : `, where ${formatCount(usual)} are usual`}.`,
    ),
  ];
}

/** Months in a row as a span: `April 2022 to December 2022, May 2024`. */
function spans(months: readonly string[]): string {
  const runs: [string, string][] = [];
  for (const month of months) {
    const run = runs.at(-1);
    if (run && monthAfter(run[1]) === month) run[1] = month;
    else runs.push([month, month]);
  }
  return runs
    .map(([from, to]) => (from === to ? formatMonth(from) : `${formatMonth(from)} to ${formatMonth(to)}`))
    .join(', ');
}

function monthAfter(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}
