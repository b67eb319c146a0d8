import { join } from 'node:path';
import { checkBaseUrl, officialAddresses } from '../download/addresses.ts';
import { SourceChanged } from '../download/byte-source.ts';
import { type Fingerprint, fingerprintFile } from '../download/check-file.ts';
import { createHttp, GaveUp, type Http, type HttpOptions } from '../download/http.ts';
import { monthNumber, monthsInWords, monthText } from '../download/months.ts';
import { type OpenedArchive, openMembers } from '../download/open-members.ts';
import {
  archivesFor,
  checkForce,
  forcesIn,
  latestMonth,
  memberName,
  type PoliceUkKind,
  policeUkKinds,
  policeUkLicence,
} from '../download/police-uk.ts';
import { type DownloadRecord, readRecord, writeRecord } from '../download/record.ts';
import { Damaged, saveMember } from '../download/save-member.ts';
import { asWriteFailure } from '../download/write-failure.ts';
import type { ZipMember } from '../download/zip-archive.ts';
import { InputError } from '../errors.ts';

/** Which files of data.police.uk to fetch, and into which folder. */
export type PoliceUkRequest = {
  readonly force: string;
  readonly from: string;
  /** Without it: the newest month that is published. */
  readonly to?: string | undefined;
  readonly kind: PoliceUkKind;
  readonly into: string;
  /** A mirror in the place of data.police.uk. */
  readonly baseUrl?: string | undefined;
  readonly http?: HttpOptions;
  readonly now?: () => Date;
  /** Told whenever something came: how many of the files are there, and the bytes fetched in this run. */
  readonly onProgress?: (done: { readonly files: number; readonly of: number; readonly bytes: number }) => void;
  readonly onNote?: (note: string) => void;
};

/** What a run did, month by month. */
export type PoliceUkReport = {
  readonly fetched: readonly string[];
  /** There from an earlier run, and whole. */
  readonly kept: readonly string[];
  /** Months for which the force published no such file. */
  readonly unpublished: readonly string[];
  readonly bytes: number;
};

/** A run under way: what is settled so far, by month. */
type Run = PoliceUkRequest & {
  readonly client: Http;
  readonly base: string;
  record: DownloadRecord;
  months: readonly string[];
  readonly settled: Map<string, 'fetched' | 'kept' | 'unpublished'>;
  /** Months that could not be had, and why. */
  readonly failed: Map<string, string>;
  bytes: number;
};

/**
 * Fetches the monthly files of a force into a folder, laid out as in the archives of data.police.uk.
 *
 * data.police.uk offers an API, packages put together by hand on a page, and archives of 36 months of all forces. The
 * API hands out crimes by polygon (503 beyond 10,000), without the columns of the files and with other ids; the page
 * has no address to call. The archives hold the very files, but are 1.7 GB each: so only the directory at the end of
 * one and the wanted files are fetched, by range requests (some 3 MB for a year of Cleveland). From a server without
 * ranges the whole archive is fetched.
 */
export async function downloadPoliceUk(request: PoliceUkRequest): Promise<PoliceUkReport> {
  const run = await startRun(request);
  try {
    return await runDownload(run);
  } catch (error) {
    throw asWriteFailure(error, request.into);
  }
}

async function runDownload(run: Run): Promise<PoliceUkReport> {
  const latest = run.to === undefined ? await findLatest(run) : null;
  run.months = monthsBetween(run.from, run.to ?? (latest as string));
  for (const month of run.months) if (await isWhole(run, month)) run.settled.set(month, 'kept');
  advance(run, 0);
  const open = run.months.filter((month) => !run.settled.has(month));
  if (open.length > 0) await fetchMonths(run, open, latest ?? (await findLatest(run)));
  await saveRecord(run);
  if (run.failed.size > 0) throw failure(run);
  const those = (state: string) => run.months.filter((month) => run.settled.get(month) === state);
  return { fetched: those('fetched'), kept: those('kept'), unpublished: those('unpublished'), bytes: run.bytes };
}

async function startRun(request: PoliceUkRequest): Promise<Run> {
  checkForce(request.force);
  monthsBetween(request.from, request.to ?? request.from);
  return {
    ...request,
    client: createHttp(request.http),
    base: checkBaseUrl(request.baseUrl ?? officialAddresses.policeUk),
    record: await readRecord(request.into),
    months: [],
    settled: new Map(),
    failed: new Map(),
    bytes: 0,
  };
}

function monthsBetween(from: string, to: string): string[] {
  const [first, last] = [monthNumber(from, '--from'), monthNumber(to, '--to')];
  if (first > last) throw new InputError(`--from ${from} lies after the last month, ${to}`);
  return Array.from({ length: last - first + 1 }, (_, index) => monthText(first + index));
}

/** The newest month published; it decides which archive holds which month. */
async function findLatest({ client, base, to }: Run): Promise<string> {
  const latest = (await latestMonth(client, base)) ?? to;
  if (latest === undefined) throw new InputError(`${base} does not say which month is its newest; add --to`);
  if (to !== undefined && to > latest) {
    throw new InputError(`--to ${to} is not published yet; the newest month is ${latest}`);
  }
  return latest;
}

const pathOf = ({ into, force, kind }: Run, month: string) => join(into, memberName(month, force, kind));

/** Whether the file of a month is there from an earlier run, unchanged. */
async function isWhole(run: Run, month: string): Promise<boolean> {
  const known = run.record[memberName(month, run.force, run.kind)];
  if (!known) return false;
  const found = await fingerprintFile(pathOf(run, month));
  return found !== null && found.sha256 === known.sha256;
}

async function fetchMonths(run: Run, months: readonly string[], latest: string): Promise<void> {
  for (const [archive, wanted] of archivesFor(months, latest)) {
    try {
      await fetchFromArchive(run, archive, wanted);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      // a service that gave up on us is not asked for the other archives either
      const missed = error instanceof GaveUp ? months : wanted;
      for (const month of missed) if (!run.settled.has(month)) run.failed.set(month, error.message);
      if (error instanceof GaveUp) return;
    }
  }
}

const mostReopenings = 3;

async function fetchFromArchive(run: Run, archive: string, months: readonly string[]): Promise<void> {
  const options = {
    http: run.client,
    base: run.base,
    folder: run.into,
    onBytes: (bytes: number) => advance(run, bytes),
    onNote: run.onNote ?? (() => {}),
  };
  for (let reopened = 0; ; reopened++) {
    try {
      const opened = await openMembers(archive, options);
      checkKnown(run, opened);
      for (const month of months) if (!run.settled.has(month)) await fetchMonth(run, opened, month);
      return await opened.forget();
    } catch (error) {
      if (!(error instanceof SourceChanged)) throw error;
      if (reopened === mostReopenings) throw new InputError(`the archive ${archive} changes all the time; try later`);
      run.onNote?.(`the archive ${archive} has been published anew meanwhile; reading it again`);
    }
  }
}

function checkKnown({ force }: Run, { members, month }: OpenedArchive): void {
  const names = [...members.keys()];
  const forces = [...new Set([...forcesIn(names, 'street'), ...forcesIn(names, 'stop-and-search')])].sort();
  if (forces.includes(force)) return;
  throw new InputError(`the archive ${month} has no force "${force}"; it has ${forces.join(', ') || 'none'}`);
}

async function fetchMonth(run: Run, opened: OpenedArchive, month: string): Promise<void> {
  const member = opened.members.get(memberName(month, run.force, run.kind));
  if (!member) {
    run.settled.set(month, 'unpublished');
    return;
  }
  const path = pathOf(run, month);
  // a run that was killed after the file was whole and before the record was written
  const there = await fingerprintFile(path);
  const same = there !== null && there.bytes === member.size && there.crc32 === member.crc32;
  const found = same ? there : await fetchTwice(run, opened, member, path);
  if (typeof found === 'string') {
    run.failed.set(month, found);
    return;
  }
  run.record = { ...run.record, [memberName(month, run.force, run.kind)]: entryOf(run, opened, found) };
  run.settled.set(month, same ? 'kept' : 'fetched');
  await saveRecord(run);
  advance(run, 0);
}

/** What was saved, or why not: bytes that arrive damaged twice are damaged where they come from. */
async function fetchTwice(
  run: Run,
  { source }: OpenedArchive,
  member: ZipMember,
  path: string,
): Promise<Fingerprint | string> {
  const save = () => saveMember(source, member, path, policeUkKinds[run.kind].columns, (bytes) => advance(run, bytes));
  const again = (error: unknown) => {
    if (!(error instanceof Damaged)) throw error;
    return error;
  };
  const first = await save().catch(again);
  const second = first instanceof Damaged ? await save().catch(again) : first;
  return second instanceof Damaged ? second.message : second;
}

function entryOf(run: Run, { source, month }: OpenedArchive, found: Fingerprint): DownloadRecord[string] {
  const { bytes, crc32, sha256 } = found;
  const fetched = (run.now?.() ?? new Date()).toISOString();
  return {
    bytes,
    crc32,
    sha256,
    from: `${run.base}/data/archive/${month}.zip`,
    published: source.lastModified,
    fetched,
  };
}

async function saveRecord({ into, record }: Run): Promise<void> {
  if (Object.keys(record).length > 0) await writeRecord(into, record, policeUkLicence);
}

function advance(run: Run, bytes: number): void {
  run.bytes += bytes;
  run.onProgress?.({ files: run.settled.size, of: run.months.length, bytes: run.bytes });
}

function failure({ force, kind, failed, into }: Run): InputError {
  const reasons = [...new Set(failed.values())];
  const missed = monthsInWords([...failed.keys()]);
  return new InputError(
    `not all could be fetched: ${kind} files of ${force} are missing for ${missed} (${reasons.join('; ')}). ` +
      `What has come is kept in ${into}; the same command goes on from there`,
    { code: 'download-incomplete', details: Object.fromEntries(failed) },
  );
}
