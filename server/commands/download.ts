import { join } from 'node:path';
import type { Config } from '../config.ts';
import { checkBaseUrl } from '../download/addresses.ts';
import { checkDistrict } from '../download/fetch-boundaries.ts';
import { monthNumber } from '../download/months.ts';
import { checkForce, type PoliceUkKind, policeUkKinds } from '../download/police-uk.ts';
import { InputError } from '../errors.ts';
import { downloadAreas } from '../flows/download-areas.ts';
import { downloadPoliceUk, type PoliceUkReport } from '../flows/download-police-uk.ts';
import { downloadProgress } from '../report/download-progress.ts';
import { type Arguments, type Command, say, UsageError } from './command.ts';

const areaKinds = ['wards', 'lsoa', 'districts'];

/** Which options go with what; `into` and `from-url` go with all. */
const optionsOf: Readonly<Record<string, readonly string[]>> = {
  'police-uk': ['force', 'from', 'to', 'stop-and-search'],
  ...Object.fromEntries(areaKinds.map((kind) => [kind, ['district', 'year']])),
};

/** `download police-uk --force cleveland --from 2024-01`: fetches open data into a folder. */
export const downloadCommand: Command = {
  usage: `download police-uk --force cleveland --from 2024-01 [--to 2024-12] [--stop-and-search]
  download wards|lsoa|districts --district E06000001 [--district …] [--year 2025]
      Fetch open data from data.police.uk or the ONS into a folder (--into, else one in HOTSPOT_DATA_DIR), with its
      licence. Run again after an interruption, it goes on. --from-url takes a mirror instead of the official address.`,
  options: {
    force: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    'stop-and-search': { type: 'boolean' },
    district: { type: 'string', multiple: true },
    year: { type: 'string' },
    into: { type: 'string' },
    'from-url': { type: 'string' },
  },
  check: checkArguments,
  needsDatabase: false,
  run: (given, config) => (given.positionals[0] === 'police-uk' ? runPoliceUk(given, config) : runAreas(given, config)),
};

function checkArguments({ positionals, values }: Arguments): void {
  const [what, more] = positionals;
  const known = Object.keys(optionsOf).join(', ');
  if (what === undefined) throw new UsageError(`download takes what to fetch: ${known}`);
  if (!Object.hasOwn(optionsOf, what)) throw new UsageError(`download knows no "${what}"; it knows ${known}`);
  if (more !== undefined) throw new UsageError(`"${more}" is one word too many`);
  const allowed = [...(optionsOf[what] as readonly string[]), 'into', 'from-url'];
  const odd = Object.keys(values).find((name) => !allowed.includes(name));
  if (odd !== undefined) throw new UsageError(`--${odd} does not go with download ${what}`);
  if (what !== 'police-uk' && !values.district) {
    throw new UsageError(`download ${what} needs --district, such as --district E06000001`);
  }
  asUsage(() => {
    if (what === 'police-uk') checkPoliceUk(values);
    else districtsOf(values).forEach(checkDistrict);
    if (typeof values['from-url'] === 'string') checkBaseUrl(values['from-url']);
  });
}

/** What the stages refuse in a word typed here is wrong usage. */
function asUsage(check: () => void): void {
  try {
    check();
  } catch (cause) {
    throw cause instanceof InputError ? new UsageError(cause.message, { cause }) : cause;
  }
}

const districtsOf = (values: Arguments['values']) =>
  (values.district as string[]).flatMap((each) => each.split(',')).map((each) => each.trim());

function checkPoliceUk(values: Arguments['values']): void {
  if (!values.force) throw new UsageError('download police-uk needs --force, such as --force cleveland');
  if (!values.from) throw new UsageError('download police-uk needs --from, such as --from 2024-01');
  checkForce(String(values.force));
  monthNumber(String(values.from), '--from');
  if (values.to !== undefined) monthNumber(String(values.to), '--to');
}

const text = (value: Arguments['values'][string]) => (typeof value === 'string' ? value : undefined);
const megabytes = (bytes: number) => `${(bytes / 1e6).toLocaleString('en-GB', { maximumFractionDigits: 1 })} MB`;

const waiting = (progress: ReturnType<typeof downloadProgress>) => ({
  onWait: (reason: string, milliseconds: number) =>
    progress.note(`${reason}; trying again in ${Math.ceil(milliseconds / 1000)} s`),
});

async function runPoliceUk({ values }: Arguments, config: Config): Promise<void> {
  const force = String(values.force);
  const kind: PoliceUkKind = values['stop-and-search'] ? 'stop-and-search' : 'street';
  const into = text(values.into) ?? join(config.dataDirectory, 'downloads', `police-uk-${kind}-${force}`);
  const progress = downloadProgress(`data.police.uk, ${force}`);
  const report = await downloadPoliceUk({
    force,
    from: String(values.from),
    to: text(values.to),
    kind,
    into,
    baseUrl: text(values['from-url']),
    http: waiting(progress),
    onProgress: ({ files, of, bytes }) =>
      progress.update(of === 0 ? 0 : files / of, `${files} of ${of} files, ${megabytes(bytes)}`),
    onNote: progress.note,
  }).finally(progress.end);
  for (const line of describe(report, kind)) say(line);
  say(`The files, their licence and where they came from are in ${into}. Next:`);
  say(`  npm run hotspot -- import ${quoted(into)} --profile ${policeUkKinds[kind].profile}`);
}

function describe({ fetched, kept, unpublished, bytes }: PoliceUkReport, kind: PoliceUkKind): string[] {
  const files = (months: readonly string[]) => `${months.length} ${months.length === 1 ? 'file' : 'files'}`;
  const lines = [`${files(fetched)} fetched (${megabytes(bytes)}), ${files(kept)} there already.`];
  if (unpublished.length > 0) lines.push(`The force published no ${kind} file for ${unpublished.join(', ')}.`);
  return lines;
}

async function runAreas({ positionals, values }: Arguments, config: Config): Promise<void> {
  const kind = positionals[0] as string;
  const districts = districtsOf(values);
  const progress = downloadProgress(`Office for National Statistics, ${kind}`);
  const report = await downloadAreas({
    kind,
    districts,
    year: text(values.year),
    into: text(values.into) ?? join(config.dataDirectory, 'downloads', 'areas'),
    baseUrl: text(values['from-url']),
    http: waiting(progress),
    onProgress: (areas) => progress.update(0, `${areas} areas`),
  }).finally(progress.end);
  say(
    `${report.areas} ${kind} of ${report.year} in ${districts.join(', ')}: ${report.path}, its licence beside it. Next:`,
  );
  say(`  npm run hotspot -- areas ${quoted(report.path)} --layer ${report.layer} --valid-from ${report.validFrom}`);
}

/** A path as it can be typed. */
const quoted = (path: string) => (/^[\w./\\:~-]+$/.test(path) ? path : `"${path}"`);
