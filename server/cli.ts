import { mkdir, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, readConfig } from './config.ts';
import { InputError, StartupError } from './errors.ts';
import { findFiles } from './flows/find-files.ts';
import { importAreas } from './flows/import-areas.ts';
import { type ImportReport, importFile } from './flows/import-file.ts';
import { profilesFolder, taxonomyFolder } from './folders.ts';
import { loadProfile } from './import/profile.ts';
import { loadTaxonomy } from './import/taxonomy.ts';
import { daySchema } from './model.ts';
import { fileProgress } from './report/progress.ts';
import { type Database, openDatabase } from './store/database.ts';
import { readImports, readTotals, resetData } from './store/status.ts';
import { waitUntilServed } from './store/versions.ts';

const usage = `Usage: npm run hotspot -- <command>

  areas <file.geojson> --layer ward [--valid-from 2025-05-01] [--population <csv>]
      Load boundaries: wards, LSOAs, districts.
  import <file…> --profile police-uk-street
      Take in incidents from CSV files, from every CSV in a folder, or from - (standard input).
      Profiles: police-uk-street, incidents (data/README.md describes them).
  status
      What is held, and the newest imports.
  reset --yes
      Forget every incident, import and area.

Works on the database of DATABASE_URL, else on the embedded one in HOTSPOT_DATA_DIR, also while the service runs.`;

/** The command line was wrong: exit code 2. */
class UsageError extends Error {}

type Arguments = {
  readonly positionals: string[];
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
};
type Command = {
  readonly options: NonNullable<Parameters<typeof parseArgs>[0]>['options'];
  check(given: Arguments): void;
  run(database: Database, given: Arguments, config: Config): Promise<void>;
};

const commands: Readonly<Record<string, Command>> = {
  areas: {
    options: { layer: { type: 'string' }, 'valid-from': { type: 'string' }, population: { type: 'string' } },
    check({ positionals, values }) {
      if (positionals.length !== 1) throw new UsageError('areas takes one GeoJSON file');
      if (!values.layer) throw new UsageError('areas needs --layer, such as --layer ward');
      const from = values['valid-from'];
      if (from !== undefined && !daySchema.safeParse(from).success) {
        throw new UsageError(`--valid-from: "${from}" is not a day; write it as 2025-05-01`);
      }
    },
    run: runAreas,
  },
  import: {
    options: { profile: { type: 'string' } },
    check({ positionals, values }) {
      if (positionals.length === 0) throw new UsageError('import takes one or more files or folders, or -');
      if (!values.profile) throw new UsageError('import needs --profile, such as --profile police-uk-street');
    },
    run: runImport,
  },
  status: { options: {}, check: noArguments, run: runStatus },
  reset: {
    options: { yes: { type: 'boolean' } },
    check(given) {
      noArguments(given);
      if (!given.values.yes) throw new UsageError('reset forgets every incident, import and area; add --yes to do it');
    },
    run: runReset,
  },
};

function noArguments({ positionals }: Arguments): void {
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is one word too many`);
}

async function runAreas(database: Database, { positionals, values }: Arguments): Promise<void> {
  const report = await importAreas(database, positionals[0]!, {
    layer: String(values.layer),
    validFrom: values['valid-from'] as string | undefined,
    populationFile: values.population as string | undefined,
  });
  for (const line of report) say(line);
}

async function runImport(database: Database, { positionals, values }: Arguments, config: Config): Promise<void> {
  const taxonomy = await loadTaxonomy(taxonomyFolder);
  const profile = await loadProfile(profilesFolder, String(values.profile));
  const reports = join(config.dataDirectory, 'reports');
  await mkdir(reports, { recursive: true });
  const now = new Date().toLocaleString('sv-SE', { timeZone: profile.timeZone }).replace(' ', 'T');
  const totals = { rowsRead: 0, added: 0, changed: 0, unchanged: 0, rejected: 0, unlocated: 0 };
  const files = await findFiles(positionals);
  for (const [index, path] of files.entries()) {
    const reportPath = join(reports, reportName(now, index, path));
    const name = path === '-' ? 'standard input' : path;
    const progress = fileProgress(name);
    const input = path === '-' ? process.stdin : path;
    const report = await importFile(database, input, name, {
      profile,
      taxonomy,
      importedBy: userInfo().username,
      now,
      rejectsPath: `${reportPath}.rejects.csv`,
      onProgress: progress.update,
    }).finally(progress.end);
    await writeFile(`${reportPath}.report.json`, `${JSON.stringify(report, null, 2)}\n`);
    describeImport(report).forEach(say);
    for (const key of Object.keys(totals) as (keyof typeof totals)[]) totals[key] += report[key];
  }
  if (files.length > 1) say(`${files.length} files: ${inWords(totals)}.`);
}

/** `2024-05-01T12-00-00-1-2024-04-cleveland-street`: reports of later imports stand beside earlier ones. */
function reportName(now: string, index: number, path: string): string {
  const file = path === '-' ? 'standard-input' : basename(path).replace(/\.(csv|tsv|txt)(\.gz)?$/i, '');
  return `${now.replaceAll(':', '-')}-${index + 1}-${file}`;
}

function describeImport(report: ImportReport): string[] {
  const lines = [`${report.fileName}: ${inWords(report)}.`];
  for (const [word, count] of Object.entries(report.unmapped)) {
    lines.push(`  category "${word}" is not in the mapping: ${count} kept as other.unmapped`);
  }
  for (const [word, count] of Object.entries(report.unknownFlags)) {
    lines.push(`  flag "${word}" is not known: ${count} kept among the attributes`);
  }
  if (report.rejectsFile) lines.push(`  rejected rows with reasons: ${report.rejectsFile}`);
  return lines;
}

function inWords(
  count: Pick<ImportReport, 'rowsRead' | 'added' | 'changed' | 'unchanged' | 'rejected' | 'unlocated'>,
): string {
  const number = (value: number) => value.toLocaleString('en-GB');
  const parts = [
    `${number(count.rowsRead)} rows read`,
    `${number(count.added)} added`,
    `${number(count.changed)} changed`,
    `${number(count.unchanged)} as before`,
    `${number(count.rejected)} rejected`,
  ];
  return [...parts, ...(count.unlocated > 0 ? [`${number(count.unlocated)} without a place`] : [])].join(', ');
}

async function runStatus(database: Database): Promise<void> {
  const { totals, imports } = await database.read(async (client) => ({
    totals: await readTotals(client),
    imports: await readImports(client, 10),
  }));
  say(`${database.description}, data version ${totals.version}`);
  say(`${totals.incidents.toLocaleString('en-GB')} incidents from ${totals.imports} imports`);
  for (const { layer, validFrom, areas } of totals.layers)
    say(`${areas} areas of layer ${layer}, valid from ${validFrom ?? 'an unknown day'}`);
  for (const { finishedAt, fileName, rowsRead, added, changed, rejected } of imports) {
    say(
      `${finishedAt.toISOString().slice(0, 16)}Z ${fileName}: ${rowsRead} rows, ${added} added, ${changed} changed, ${rejected} rejected`,
    );
  }
}

async function runReset(database: Database): Promise<void> {
  await database.change(resetData);
  say('Every incident, import and area is forgotten.');
}

const patience = 60_000;

async function main(argv: readonly string[]): Promise<void> {
  const [name = '', ...rest] = argv;
  if (name === '' || name === 'help' || name === '--help') {
    say(usage);
    if (name === '') process.exitCode = 2;
    return;
  }
  const command = commands[name];
  if (!command) throw new UsageError(`there is no command "${name}"`);
  const given = parse(rest, command);
  command.check(given);
  const config = readConfig(process.env);
  const database = await openDatabase({ ...config, role: 'command' });
  try {
    await command.run(database, given, config);
    if (!(await waitUntilServed(database, patience)))
      say('The data are in; the running service is still loading them.');
  } finally {
    await database.close();
  }
}

function parse(argv: string[], command: Command): Arguments {
  try {
    const { positionals, values } = parseArgs({ args: argv, options: command.options ?? {}, allowPositionals: true });
    return { positionals, values: values as Arguments['values'] };
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause });
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(error: unknown): void {
  const known = error instanceof InputError || error instanceof StartupError;
  if (error instanceof UsageError) process.stderr.write(`hotspot: ${error.message}\n\n${usage}\n`);
  else process.stderr.write(`${known ? `hotspot: ${(error as Error).message}` : ((error as Error).stack ?? error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

await main(process.argv.slice(2)).catch(fail);
