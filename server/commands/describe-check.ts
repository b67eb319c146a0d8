import type { ProfileCheck } from '../flows/check-profile.ts';
import type { Profile } from '../import/profile.ts';

/** Problems and words listed at most. */
const mostListed = 15;

/** What came of reading a file under a profile, as lines for a person. */
export function describeCheck(check: ProfileCheck, file: string, profile: Profile): string[] {
  const { rowsRead, accepted, rejected } = check;
  return [
    `${file} under ${profile.name}: ${number(rowsRead)} rows, ${number(accepted)} accepted, ${number(rejected)} rejected.`,
    ...columnLines(check),
    ...dateLines(check),
    ...placeLines(check, profile),
    ...wordLines(check),
    ...problemLines(check),
  ];
}

function number(value: number): string {
  return value.toLocaleString('en-GB');
}

function columnLines({ columns }: ProfileCheck): string[] {
  const list = (title: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${title}: ${names.join(', ')}`];
  return [
    ...list('Columns with a meaning', columns.used),
    ...list('Columns kept as they are', columns.kept),
    ...list('Columns left out', columns.ignored),
    ...list('Columns of the profile which the file lacks', columns.absent),
  ];
}

function dateLines({ dates, firstDay, lastDay, midnightIsDay, month, outsideMonth }: ProfileCheck): string[] {
  const lines = dates.map(({ column, text, meaning, understood }) =>
    understood ? `${column}: "${text}" is ${meaning}` : `${column}: "${text}": ${meaning}`,
  );
  if (midnightIsDay) lines.push('Times at midnight are taken for the day as a whole.');
  if (firstDay !== null) lines.push(`From ${firstDay} to ${lastDay}.`);
  if (month !== null && outsideMonth > 0) lines.push(`${number(outsideMonth)} rows lie outside ${month}.`);
  return ['Dates:', ...lines.map((line) => `  ${line}`)];
}

function placeLines({ placed, masked, notFound }: ProfileCheck, profile: Profile): string[] {
  const lines = [
    `${number(placed.coordinates)} by coordinates`,
    ...(placed.areaOnly > 0 ? [`${number(placed.areaOnly)} by their area only, so on no cell`] : []),
    `${number(placed.none)} without a place`,
  ];
  if (masked > 0) lines.push(`${number(masked)} with coordinates masked on purpose`);
  const lookedUp = profile.places.filter(({ system }) => system === 'postcode' || system === 'street');
  for (const { column, count } of notFound) {
    if (lookedUp.length > 0) lines.push(`${number(count)} with ${column}, which an import looks up`);
  }
  return ['Places:', ...lines.map((line) => `  ${line}`)];
}

function wordLines({ words, unknownFlags }: ProfileCheck): string[] {
  const listed = words.map(
    ({ word, code, count }) => `  ${number(count)} ${word || '(blank)'}: ${code ?? 'no category'}`,
  );
  const flags = unknownFlags.map(({ word, count }) => `  ${number(count)} flag "${word}" is not known`);
  return words.length === 0 ? flags : ['Categories:', ...cut(listed), ...cut(flags)];
}

function problemLines({ problems }: ProfileCheck): string[] {
  if (problems.length === 0) return [];
  const lines = problems.map(({ column, reason, count, firstLine, firstValue }) => {
    const where = column === '' ? '' : `${column} `;
    return `  ${number(count)} ${where}"${firstValue}" on line ${firstLine}: ${reason}`;
  });
  return ['Rejected:', ...cut(lines)];
}

function cut(lines: readonly string[]): string[] {
  const more = lines.length - mostListed;
  return more > 0 ? [...lines.slice(0, mostListed), `  and ${number(more)} more`] : [...lines];
}
