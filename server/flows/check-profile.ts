import { InputError } from '../errors.ts';
import { type DateExample, dateExamples } from '../import/date-examples.ts';
import type { Columns } from '../import/match-columns.ts';
import { type ParsedBatch, parseIncidents } from '../import/parse-incidents.ts';
import type { Locate } from '../import/parse-place.ts';
import type { Profile } from '../import/profile.ts';
import type { Row, Rows } from '../import/rows.ts';
import type { Taxonomy } from '../import/taxonomy.ts';
import type { Trial } from '../import-model.ts';
import { bngToWgs84 } from '../locate/bng-to-wgs84.ts';
import { placeProblem } from '../locate/place-problem.ts';
import { gatherTrial } from './gather-trial.ts';

export type CheckOptions = {
  readonly profile: Profile;
  readonly taxonomy: Taxonomy;
  /** Local civil time now: later incidents are rejected. */
  readonly now: string;
  /** How postcodes and streets are looked up; without it they are counted among the places not found. */
  readonly lookUp?: Pick<Locate, 'postcode' | 'street'>;
  readonly onProgress?: (progress: { rowsRead: number; bytesRead: number; bytesTotal: number | null }) => void;
  readonly signal?: AbortSignal;
};

/** What an import of a file under a profile would do, and how the two fit together. */
export type ProfileCheck = Trial & {
  readonly columns: {
    /** Columns the profile gives a meaning to. */
    readonly used: readonly string[];
    /** Columns kept with the incident as they are. */
    readonly kept: readonly string[];
    /** Columns that are not kept. */
    readonly ignored: readonly string[];
    /** Columns the profile speaks of and the file lacks. */
    readonly absent: readonly string[];
  };
  readonly masked: number;
  readonly notFound: readonly { readonly column: string; readonly count: number }[];
  readonly unknownFlags: readonly { readonly word: string; readonly count: number }[];
  /** The month the file covers by its name, and the rows outside it. */
  readonly month: string | null;
  readonly outsideMonth: number;
  readonly midnightIsDay: boolean;
};

/** Dates are explained from so many rows at the start, and from some of those that are not understood. */
const exampleRows = 500;
const mostBadDates = 4;

/**
 * Reads a whole file under a profile and stores nothing: what would be taken, rejected and placed, and what its words and
 * dates are read as. Throws an `InputError` when the file does not fit the profile at all; closes the rows.
 */
export async function checkProfile(rows: Rows, options: CheckOptions): Promise<ProfileCheck> {
  const { profile, taxonomy, now, signal } = options;
  const notKnown = { postcode: () => null, street: () => null };
  const locate = { bngToWgs84, placeProblem, ...(options.lookUp ?? notKnown) };
  const start: Row[] = [];
  const gathered = gatherTrial();
  const badDates = new Map<string, DateExample>();
  const count = { accepted: 0, rejected: 0 };
  let last: ParsedBatch | undefined;
  signal?.throwIfAborted();
  const watched = { ...rows, batches: keepStart(rows.batches, start) };
  for await (const batch of parseIncidents(watched, { profile, taxonomy, now, locate, batchSize: 1_000 })) {
    signal?.throwIfAborted();
    gathered.add(batch);
    count.accepted += batch.incidents.length;
    count.rejected += batch.rejects.length;
    addBadDates(badDates, batch);
    last = batch;
    options.onProgress?.({ rowsRead: batch.rowsRead, bytesRead: batch.bytesRead, bytesTotal: rows.bytesTotal });
    // Parsing never waits for anything when the file is read ahead: a service has other requests to answer.
    await new Promise(setImmediate);
  }
  if (!last) throw new InputError(`${rows.name} has a header but no rows. Export it again with its rows.`);
  return describe(last, rows.header, start, profile, [...badDates.values()], {
    ...gathered.result(),
    ...count,
  });
}

async function* keepStart(batches: Rows['batches'], start: Row[]): Rows['batches'] & AsyncGenerator<readonly Row[]> {
  for await (const batch of batches) {
    if (start.length < exampleRows) start.push(...batch.slice(0, exampleRows - start.length));
    yield batch;
  }
}

function addBadDates(examples: Map<string, DateExample>, { rejects, columns }: ParsedBatch): void {
  const dates = new Set([columns.from.name, columns.to?.name]);
  for (const { column, value, reason } of rejects) {
    if (examples.size >= mostBadDates) return;
    if (!dates.has(column) || value === '' || examples.has(value)) continue;
    examples.set(value, { column, text: value, meaning: reason, understood: false });
  }
}

type Counts = ReturnType<ReturnType<typeof gatherTrial>['result']> & { accepted: number; rejected: number };

function describe(
  last: ParsedBatch,
  header: readonly string[],
  start: readonly Row[],
  profile: Profile,
  badDates: readonly DateExample[],
  counts: Counts,
): ProfileCheck {
  const { columns, midnightIsDay, month, outsideMonth, masked } = last;
  const understood = dateExamples(start, columns, profile, midnightIsDay).filter((example) => example.understood);
  const listed = (counted: ReadonlyMap<string, number>) => [...counted].map(([name, count]) => ({ name, count }));
  return {
    rowsRead: last.rowsRead,
    ...counts,
    words: last.words().map((word) => ({ ...word })),
    dates: [...understood, ...badDates],
    columns: sortColumns(columns, header, profile),
    masked,
    notFound: listed(last.notFound).map(({ name, count }) => ({ column: name, count })),
    unknownFlags: listed(last.unknownFlags).map(({ name, count }) => ({ word: name, count })),
    month,
    outsideMonth,
    midnightIsDay,
  };
}

function sortColumns(columns: Columns, header: readonly string[], { ignore = [] }: Profile): ProfileCheck['columns'] {
  const used = usedColumns(columns);
  const kept = new Set(columns.others.map(({ index }) => index));
  const ignored = new Set(ignore.flatMap((name) => columns.find(name)?.index ?? []));
  const names = header.map((name, index) => ({ name: name === '' ? `column ${index + 1}` : name, index }));
  const pick = (test: (index: number) => boolean) =>
    names.filter(({ index }) => index >= columns.skip && test(index)).map(({ name }) => name);
  return {
    used: pick((index) => used.has(index)),
    kept: pick((index) => kept.has(index) && !used.has(index)),
    ignored: pick((index) => ignored.has(index) && !used.has(index)),
    absent: columns.absent,
  };
}

/** Columns that only tell copies of a row apart are not among them. */
function usedColumns(columns: Columns): Set<number> {
  const { id, category, from, to, location, flags, places, ruleColumns } = columns;
  const texts = [id, category, from, to, location].flatMap((text) => text?.parts ?? []);
  const ofPlaces = places.flatMap((place) => {
    if ('x' in place) return [place.x, place.y];
    if ('text' in place) return place.text.parts;
    return 'within' in place && place.within ? [place.column, place.within] : [place.column];
  });
  return new Set([...texts, ...ofPlaces, ...ruleColumns, ...(flags ? [flags] : [])].map(({ index }) => index));
}
