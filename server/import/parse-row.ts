import { cached } from './cached.ts';
import type { Tally } from './create-tally.ts';
import { createCopyCounter, hash128, partSeparator } from './incident-hash.ts';
import { type Columns, cellOf, matchColumns } from './match-columns.ts';
import type { ParsedIncident, ParseOptions } from './parse-incidents.ts';
import { type Place, parsePlace } from './parse-place.ts';
import type { Profile } from './profile.ts';
import { readFlags } from './read-flags.ts';
import { createOccurrenceReader, type Occurrence } from './read-occurrence.ts';
import type { Problem, Reject } from './reject.ts';
import type { Row, Rows } from './rows.ts';
import { foldWord, type Taxonomy, unmappedCategory } from './taxonomy.ts';

/** Longest text of a place, in characters. */
const longestLocation = 500;

/** Matches a profile to a file's header and makes the function that parses the file's rows. */
export function createRowParser(
  rows: Rows,
  options: ParseOptions,
  tally: Tally,
): (row: Row) => ParsedIncident | Reject {
  const { profile, locate } = options;
  const columns = matchColumns(rows.name, rows.header, profile);
  const readCategory = createCategoryReader(profile, options.taxonomy);
  const readTime = createOccurrenceReader(columns, profile, options.now);
  const countCopy = createCopyCounter();

  return (row) => {
    const fields = evenOut(row.fields, columns.width);
    const fault = shapeProblem(row, fields, columns);
    if (fault) return reject(row, columns, fault);
    const word = cellOf(fields, columns.category);
    if (word === '') return reject(row, columns, { column: columns.category.name, value: '', reason: noCategory });
    const time = readTime(fields);
    if ('reason' in time) return reject(row, columns, time);
    const place = parsePlace(fields, columns.places, 'uk', locate);
    if (place !== null && 'reason' in place) return reject(row, columns, place);
    return build(row.line, fields, word, time, place);
  };

  function build(line: number, fields: readonly string[], word: string, time: Occurrence, place: Place | null) {
    const attributes = readOthers(fields, columns);
    const code = readCategory(word);
    if (code === null) {
      attributes[columns.category.name] = word;
      tally.addUnmapped(word);
    }
    const category = code ?? unmappedCategory;
    const flags = readFlags(fields, columns, options, attributes, tally);
    const location = columns.location ? cellOf(fields, columns.location) : '';
    const externalId = (columns.id && cellOf(fields, columns.id)) || null;
    const given = describeOccurrence(time, place, location);
    const identity =
      externalId === null
        ? countCopy(describeRow(given, word, flags, fields, columns))
        : hash128(`id${partSeparator}${externalId}`);
    return {
      line,
      externalId,
      category,
      occurredFrom: time.from,
      occurredTo: time.to,
      precision: time.precision,
      lat: place === null ? null : place.lat,
      lng: place === null ? null : place.lng,
      placedBy: place === null ? null : ('coordinates' as const),
      withinMetres: null,
      area: null,
      location,
      flags,
      attributes,
      identity,
      content: hash128(describeStored(given, category, flags, attributes)),
    };
  }
}

/** When and where, in the numbers and times read from the file: a file saved again by a spreadsheet says the same. */
function describeOccurrence(time: Occurrence, place: Place | null, location: string): string {
  const at = place === null ? '' : place.given;
  const separator = partSeparator;
  return `${time.from}${separator}${time.to ?? ''}${separator}${time.precision}${separator}${at}${separator}${location}`;
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

const noCategory = 'the category is missing; fill it in';

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
  const location = cellOf(fields, columns.location);
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

function createCategoryReader(profile: Profile, taxonomy: Taxonomy): (word: string) => string | null {
  const { mapping, codes } = profile.category;
  return cached((word) => {
    const code = mapping === undefined ? null : taxonomy.codeOf(mapping, word);
    if (code !== null) return code;
    return codes && taxonomy.hasCategory(foldWord(word)) ? foldWord(word) : null;
  });
}
