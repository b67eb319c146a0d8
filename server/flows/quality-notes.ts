import type { Quality } from '../import-model.ts';
import type { Oddities } from './gather-quality.ts';
import { missingNotes, suddenNotes } from './month-notes.ts';
import { percent, whole } from './wording.ts';

type Judged = Omit<Quality, 'notes'>;

/** Below this number of incidents a share says little. */
const fewIncidents = 100;
/** From this share of rejected rows on, a file is read wrongly rather than badly kept. */
const manyRejected = 0.05;
/** From this share on the ten commonest points, from so many points, they are worth a look. */
const muchStacked = 0.1;
const enoughPoints = 30;
/** Columns that are named in a note. */
const mostColumns = 5;

/** What a reader of the report should know, the gravest first. */
export function qualityNotes(quality: Judged, oddities: Oddities): string[] {
  const isPoor = quality.hitRate !== null && quality.hitRate < quality.acceptableHitRate;
  const rejected = rejectedNotes(quality);
  const manyAreRejected = quality.import !== null && quality.import.rejected > manyRejected * quality.import.rowsRead;
  return [
    ...removedNotes(quality),
    ...emptyNotes(quality),
    ...(manyAreRejected ? rejected : []),
    ...missingNotes(quality.months),
    ...(isPoor ? hitRateNotes(quality) : []),
    ...unmappedNotes(quality),
    ...suddenNotes(quality.months),
    ...(manyAreRejected ? [] : rejected),
    ...notFoundNotes(oddities),
    ...maskedNotes(quality),
    ...outsideMonthNotes(oddities),
    ...duplicateNotes(quality),
    ...stackedNotes(quality),
    ...timeNotes(quality, oddities),
    ...areaNotes(quality),
    ...columnNotes(quality),
    ...unchangedNotes(quality),
    ...unobservedNotes(oddities),
    ...(isPoor ? [] : hitRateNotes(quality)),
  ];
}

function removedNotes({ import: record }: Judged): string[] {
  if (!record?.removedAt) return [];
  return [
    `This import was undone on ${record.removedAt.slice(0, 10)}: nothing of it is held any more. What follows was seen while its file was read.`,
  ];
}

function emptyNotes({ incidents, import: record }: Judged): string[] {
  if (incidents > 0) return [];
  if (record && record.rejected > 0) return [`Nothing was taken in: all ${whole(record.rejected)} rows were rejected.`];
  return ['Nothing is held of it.'];
}

function rejectedNotes({ import: record, incidents }: Judged): string[] {
  if (!record || record.rejected === 0 || incidents === 0) return [];
  const { rejected, rowsRead } = record;
  return [
    `${whole(rejected)} of ${whole(rowsRead)} rows (${percent(rejected / rowsRead)}) were rejected and are in no count; correct them in the file of rejects and import that.`,
  ];
}

function hitRateNotes({ incidents, hitRate, acceptableHitRate, placed }: Judged): string[] {
  if (hitRate === null) return [];
  if (hitRate === 0 && placed.areaOnly > 0) {
    return [
      `None of the ${whole(incidents)} incidents has a point. ${placed.areaOnly === incidents ? 'All' : whole(placed.areaOnly)} are known by their area: they count there and stand on no map of hexagons.`,
    ];
  }
  const located = placed.coordinates + placed.postcode + placed.street;
  const said = `${whole(located)} of ${whole(incidents)} incidents have a point, ${percent(hitRate)}`;
  const limit = `the ${percent(acceptableHitRate)} that is the field's first estimate of what a map needs (Ratcliffe 2004)`;
  const few =
    incidents < fewIncidents ? ` Of so few incidents, one more or less moves it by ${percent(1 / incidents)}.` : '';
  if (hitRate >= acceptableHitRate) return [`${said}: at least ${limit}.${few}`];
  return [`${said}: below ${limit}, so hot spots may be where places were found, not where most happened.${few}`];
}

function unmappedNotes({ unmapped, incidents }: Judged): string[] {
  const [first] = unmapped;
  if (!first) return [];
  const rows = unmapped.reduce((sum, one) => sum + one.incidents, 0);
  const words = unmapped.length === 1 ? 'One category word is' : `${whole(unmapped.length)} category words are`;
  const most = unmapped.length === 1 ? `: "${first.word}"` : `, most often "${first.word}"`;
  return [
    `${words} not mapped${most}: ${rowsOf(rows, incidents)} of other.unmapped. Map them and import the file again.`,
  ];
}

function rowsOf(rows: number, incidents: number): string {
  const share = incidents >= rows ? ` (${percent(rows / incidents)})` : '';
  return rows === 1 ? `one row${share} is` : `${whole(rows)} rows${share} are`;
}

function maskedNotes({ masked }: Judged): string[] {
  if (masked === 0) return [];
  return [
    `${whole(masked)} rows have coordinates that are masked on purpose, such as 376***: they are no points, and count by postcode, street or area where the file gives one.`,
  ];
}

function notFoundNotes({ notFound }: Oddities): string[] {
  return notFound
    .slice(0, mostColumns)
    .map(
      ({ column, rows }) =>
        `What stands under ${column} was not found ${rows === 1 ? 'in one row' : `in ${whole(rows)} rows`}: is it written as usual, and are the postcodes and streets held up to date?`,
    );
}

function outsideMonthNotes({ outsideMonth }: Oddities): string[] {
  if (outsideMonth === 0) return [];
  return [
    `${outsideMonth === 1 ? 'One row lies' : `${whole(outsideMonth)} rows lie`} outside the month that the file is for: look whether times are read in the right zone.`,
  ];
}

function duplicateNotes({ duplicates: { sameContent, repeatedIds }, incidents }: Judged): string[] {
  const notes: string[] = [];
  if (sameContent > 0) {
    const share =
      incidents >= sameContent
        ? `${percent(sameContent / incidents)} of the incidents (${whole(sameContent)})`
        : whole(sameContent);
    notes.push(
      `${share} equal another in everything and have no id: they are kept as separate incidents, since nobody can tell a copy from a second one.`,
    );
  }
  if (repeatedIds > 0) {
    notes.push(
      repeatedIds === 1
        ? 'One row repeats an id that came before it in its file: the later of the two counts, and only that.'
        : `${whole(repeatedIds)} rows repeat an id that came before them in their file: of each id the last counts, and only that.`,
    );
  }
  return notes;
}

function stackedNotes({ stacked: { points, share, places } }: Judged): string[] {
  if (share === null || share < muchStacked || points < enoughPoints) return [];
  const [first] = places;
  const words = first && first.location !== '' ? `, "${first.location}"` : '';
  return [
    `${percent(share)} of the incidents with a point stand on ten of ${whole(points)} points; ${whole(first?.incidents ?? 0)} on the commonest${words}. Look whether these are places, or stand in for places that are not known.`,
  ];
}

function timeNotes({ timePrecision: { day, month }, incidents }: Judged, { midnightFiles }: Oddities): string[] {
  const midnight = midnightFiles > 0 ? ' Every time was midnight, which stands for the day.' : '';
  return [
    ...(month > 0 ? [`${part(month, incidents)} known by month only: in no figure by day, weekday or hour.`] : []),
    ...(day > 0 ? [`${part(day, incidents)} known by day only: in no figure by hour.${midnight}`] : []),
  ];
}

function part(count: number, all: number): string {
  if (count === all) return all === 1 ? 'The one incident is' : `All ${whole(all)} incidents are`;
  return count === 1 ? 'One incident is' : `${whole(count)} incidents (${percent(count / all)}) are`;
}

function areaNotes({ areas, placed }: Judged): string[] {
  if (!areas || areas.none === 0) return [];
  const vintage = areas.validFrom === null ? '' : ` of ${areas.validFrom}`;
  const unplaced = placed.none > 0 ? ', those without a place among them' : '';
  return [
    `${areas.none === 1 ? 'One incident lies' : `${whole(areas.none)} incidents lie`} in no ${areas.layer}${vintage}${unplaced}.`,
  ];
}

function columnNotes({ completeness }: Judged): string[] {
  const empty = completeness.filter(({ filled, rows }) => filled === 0 && rows > 0).map(({ column }) => column);
  if (empty.length === 0) return [];
  const shown = empty.slice(0, mostColumns).join(', ');
  const more = empty.length > mostColumns ? ` and ${empty.length - mostColumns} more` : '';
  return [`Nothing at all is filled in under ${shown}${more}.`];
}

function unchangedNotes({ import: record }: Judged): string[] {
  if (!record || record.unchanged <= 0 || record.removedAt) return [];
  const written = record.added + record.changed;
  return [
    `${whole(record.unchanged)} of its ${whole(record.accepted)} rows said what was held already, so that points, copies and areas are those of the ${whole(written)} that were new or changed.`,
  ];
}

function unobservedNotes({ unobserved }: Oddities): string[] {
  if (unobserved === 0) return [];
  const imports = unobserved === 1 ? 'One import was' : `${whole(unobserved)} imports were`;
  return [`${imports} made before files were looked at so closely: how full its columns are is not known.`];
}
