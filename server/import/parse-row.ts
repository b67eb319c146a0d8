import { checkCodes } from './check-codes.ts';
import type { Tally } from './create-tally.ts';
import { coveredMonth } from './file-names.ts';
import { createCopyCounter, hash128, partSeparator } from './incident-hash.ts';
import { type Columns, cellOf, matchColumns, textOf } from './match-columns.ts';
import type { ParsedIncident, ParseOptions } from './parse-incidents.ts';
import { createPlaceReader, type Place } from './parse-place.ts';
import { createCategoryReader, type WordCount } from './read-category.ts';
import { createFlagReader } from './read-flags.ts';
import { createOccurrenceReader, meansWholeDay, type Occurrence } from './read-occurrence.ts';
import type { Problem, Reject } from './reject.ts';
import type { Row, Rows } from './rows.ts';
import { foldWord, unmappedCategory } from './taxonomy.ts';

/** Longest text of a place, in characters. */
const longestLocation = 500;

/** What makes incidents of the rows of one file. */
export type RowParser = {
  readonly parse: (row: Row) => ParsedIncident | Reject;
  readonly columns: Columns;
  /** Whether 00:00 is taken for the day as a whole. */
  readonly midnightIsDay: boolean;
  readonly month: string | null;
  readonly words: () => WordCount[];
};

/** Matches a profile to a file's header and first rows, and makes the parser of all its rows. */
export function createRowParser(rows: Rows, start: readonly Row[], options: ParseOptions, tally: Tally): RowParser {
  const { profile, taxonomy, locate } = options;
  checkCodes(profile, taxonomy);
  const columns = matchColumns(rows.name, rows.header, profile);
  const midnightIsDay = meansWholeDay(start, columns, profile);
  const month = coveredMonth(profile, rows.name);
  const category = createCategoryReader(profile, taxonomy, columns);
  const readTime = createOccurrenceReader(columns, profile, options.now, midnightIsDay);
  const readPlace = createPlaceReader(columns, profile, locate, tally);
  const readFlags = createFlagReader(profile, taxonomy, columns, tally);
  const countCopy = createCopyCounter();

  function parse(row: Row): ParsedIncident | Reject {
    const fields = evenOut(row.fields, columns.width);
    const fault = shapeProblem(row, fields, columns);
    if (fault) return reject(row, columns, fault);
    const kind = category.read(fields);
    if ('reason' in kind) return reject(row, columns, kind);
    const time = readTime(fields);
    if ('reason' in time) return reject(row, columns, time);
    const place = readPlace(fields);
    if ('reason' in place) return reject(row, columns, place);
    return build(row.line, fields, kind, time, place);
  }

  function build(line: number, fields: readonly string[], kind: Kind, time: Occurrence, place: Place) {
    const attributes = readOthers(fields, columns);
    if (place.masked) addMasked(attributes, fields, columns);
    if (kind.code === null) {
      if (columns.category) attributes[columns.category.name] = kind.word;
      tally.addUnmapped(kind.word);
    }
    if (month !== null && !time.from.startsWith(month)) tally.addOutsideMonth();
    const code = kind.code ?? unmappedCategory;
    const flags = readFlags(fields, attributes);
    const location = columns.location ? textOf(fields, columns.location) : '';
    const externalId = (columns.id && textOf(fields, columns.id)) || null;
    const given = describeOccurrence(time, place, location);
    const identity =
      externalId === null
        ? countCopy(describeRow(given, kind.word, flags, fields, columns))
        : hash128(`id${partSeparator}${externalId}`);
    return {
      line,
      externalId,
      category: code,
      occurredFrom: time.from,
      occurredTo: time.to,
      precision: time.precision,
      lat: place.lat,
      lng: place.lng,
      placedBy: place.placedBy,
      withinMetres: place.withinMetres,
      area: place.area,
      location,
      flags,
      attributes,
      identity,
      content: hash128(describeStored(given + describeFound(place), code, flags, attributes)),
    };
  }

  return { parse, columns, midnightIsDay, month, words: category.words };
}

type Kind = Pick<WordCount, 'word' | 'code'>;

/** When and where, in the numbers and times read from the file: a file saved again by a spreadsheet says the same. */
function describeOccurrence(time: Occurrence, { given }: Place, location: string): string {
  const separator = partSeparator;
  return `${time.from}${separator}${time.to ?? ''}${separator}${time.precision}${separator}${given}${separator}${location}`;
}

/** What a look-up made of a place, which may say something else another time; plain coordinates are told already. */
function describeFound({ placedBy, lat, lng, withinMetres, area }: Place): string {
  if (placedBy === null || (placedBy === 'coordinates' && withinMetres === null)) return '';
  const where = area === null ? `${lat} ${lng} ${withinMetres ?? ''}` : `${area.layer} ${area.name} ${area.within}`;
  return `${partSeparator}${placedBy} ${where}`;
}

/** What identity is made of when there is no id. */
function describeRow(
  given: string,
  word: string,
  flags: readonly string[],
  fields: readonly string[],
  columns: Columns,
): string {
  let text = `${given}${partSeparator}${foldWord(word)}${partSeparator}${flags.join(',')}`;
  for (const column of columns.ruleColumns) text += partSeparator + cellOf(fields, column);
  for (const column of columns.also) text += partSeparator + cellOf(fields, column);
  return text;
}

/** Everything that is stored: a row whose description differs from the stored one brings news. */
function describeStored(
  given: string,
  category: string,
  flags: readonly string[],
  attributes: Readonly<Record<string, string>>,
): string {
  let text = `${given}${partSeparator}${category}${partSeparator}${flags.join(',')}`;
  for (const name in attributes) text += `${partSeparator}${name}${partSeparator}${attributes[name]}`;
  return text;
}

function reject(row: Row, columns: Columns, problem: Problem): Reject {
  return { line: row.line, ...problem, row: row.fields.slice(columns.skip) };
}

/** Spreadsheets add empty cells at the end of rows; those beyond the header mean nothing. */
function evenOut(fields: readonly string[], width: number): readonly string[] {
  let length = fields.length;
  while (length > width && fields[length - 1] === '') length--;
  return length === fields.length ? fields : fields.slice(0, length);
}

function shapeProblem(row: Row, fields: readonly string[], columns: Columns): Problem | null {
  if (row.problem) return { column: '', value: '', reason: row.problem };
  if (fields.length === columns.width) return locationProblem(fields, columns);
  const [given, wanted] = [fields.length - columns.skip, columns.width - columns.skip];
  const remedy = given > wanted ? 'put quotation marks round a cell with a delimiter in it' : 'fill in what is missing';
  return {
    column: '',
    value: `${given} cells`,
    reason: `the row has ${given} cells and the header ${wanted}; ${remedy}`,
  };
}

/** Places are told apart by their words too, which an index holds: a novel in the column is some mistake. */
function locationProblem(fields: readonly string[], columns: Columns): Problem | null {
  if (!columns.location) return null;
  const location = textOf(fields, columns.location);
  if (location.length <= longestLocation) return null;
  const reason = `the location is longer than ${longestLocation} characters; shorten it`;
  return { column: columns.location.name, value: `${location.slice(0, 80)}…`, reason };
}

/** Columns of no special meaning, blank cells left out. */
function readOthers(fields: readonly string[], columns: Columns): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const column of columns.others) {
    const value = cellOf(fields, column);
    if (value !== '') attributes[column.name] = value;
  }
  return attributes;
}

/** Masked coordinates still name a square of the map: they are kept as they came. */
function addMasked(attributes: Record<string, string>, fields: readonly string[], { places }: Columns): void {
  for (const place of places) {
    if (!('x' in place)) continue;
    for (const column of [place.x, place.y]) {
      const value = cellOf(fields, column);
      if (value !== '') attributes[column.name] = value;
    }
  }
}
