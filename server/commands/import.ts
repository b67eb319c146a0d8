import { mkdir, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, join } from 'node:path';
import type { Config } from '../config.ts';
import { InputError } from '../errors.ts';
import { findFiles } from '../flows/find-files.ts';
import { describePassedOver, findTables } from '../flows/find-tables.ts';
import { type ImportOptions, type ImportReport, importFile } from '../flows/import-file.ts';
import { profileFolders, taxonomyFolder } from '../folders.ts';
import { localTime } from '../import/local-time.ts';
import type { Table } from '../import/open-tables.ts';
import { loadProfile } from '../import/profile.ts';
import { loadTaxonomy } from '../import/taxonomy.ts';
import { fileProgress } from '../report/progress.ts';
import type { Database } from '../store/database.ts';
import { type Arguments, type Command, say, UsageError } from './command.ts';
import { readingOptions, readReadingOptions } from './reading-options.ts';

/** `import <file…> --profile <name>`: takes in files of incidents. */
export const importCommand: Command = {
  usage: `import <file…> --profile police-uk-street
      Take in incidents from files (CSV, Excel .xlsx, GeoJSON points, a ZIP of them), from every such file in a
      folder, or from - (standard input: CSV or GeoJSON). What is found out by itself can be told:
      --delimiter comma|semicolon|tab|bar|<sign>  --encoding utf-8|windows-1252|utf-16le|utf-16be
      --table <sheet of a workbook, or file in a ZIP>
      Profiles: npm run hotspot -- profile list (data/README.md describes them), or a file ending in .json.`,
  options: { profile: { type: 'string' }, ...readingOptions },
  check(given) {
    const { positionals, values } = given;
    if (positionals.length === 0) throw new UsageError('import takes one or more files or folders, or -');
    if (!values.profile) throw new UsageError('import needs --profile, such as --profile police-uk-street');
    readReadingOptions(given);
  },
  needsDatabase: true,
  run: runImport,
};

async function runImport(database: Database, given: Arguments, config: Config): Promise<void> {
  const { positionals, values } = given;
  const taxonomy = await loadTaxonomy(taxonomyFolder);
  const profile = await loadProfile(profileFolders(config.dataDirectory), String(values.profile));
  const reports = join(config.dataDirectory, 'reports');
  await mkdir(reports, { recursive: true });
  const now = localTime(Date.now(), profile.timeZone);
  const totals = { rowsRead: 0, added: 0, changed: 0, unchanged: 0, rejected: 0, unlocated: 0, areaOnly: 0 };
  const reading = readReadingOptions(given);
  const passedOver: string[] = [];
  let count = 0;
  for (const file of await findFiles(positionals)) {
    const input = file.path === '-' ? process.stdin : file.path;
    const found = await findTables(file, input, { profile, table: reading.table });
    if (found.tables.length === 0) passedOver.push(file.path);
    if (found.note) say(`${found.note}.`);
    try {
      for (const table of found.tables) {
        const reportPath = join(reports, reportName(now, count++, table.path));
        const report = await importTable(database, table, reportPath, { profile, taxonomy, now, reading });
        for (const key of Object.keys(totals) as (keyof typeof totals)[]) totals[key] += report[key];
      }
    } finally {
      found.close();
    }
  }
  const others = passedOver.length > 0 ? describePassedOver(passedOver, profile) : null;
  if (others && count === 0) throw new InputError(`${others}. Choose another profile, or name the files themselves.`);
  if (others) say(`${others}.`);
  if (count > 1) say(`${count} files: ${inWords(totals)}.`);
}

type Given = Pick<ImportOptions, 'profile' | 'taxonomy' | 'now' | 'reading'>;

async function importTable(database: Database, table: Table, reportPath: string, given: Given): Promise<ImportReport> {
  const progress = fileProgress(table.path);
  const report = await importFile(database, table, table.path, {
    ...given,
    importedBy: userInfo().username,
    rejectsPath: `${reportPath}.rejects.csv`,
    onProgress: progress.update,
  }).finally(progress.end);
  await writeFile(`${reportPath}.report.json`, `${JSON.stringify(report, null, 2)}\n`);
  describeImport(report).forEach(say);
  return report;
}

/**
 * `2024-05-01T12-00-00-1-2024-04-cleveland-street`: reports of later imports stand beside earlier ones. The names of
 * sheets and of files in a zip are somebody else's: only letters, digits and a few signs become part of a path.
 */
function reportName(now: string, index: number, path: string): string {
  const base = basename(path).replace(/\.(csv|tsv|txt|xlsx|geojson|json)(\.gz)?$/i, '');
  const file = base.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80);
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
  for (const note of report.notes) lines.push(`  ${note}`);
  if (report.rejectsFile) lines.push(`  rejected rows with reasons: ${report.rejectsFile}`);
  return lines;
}

function inWords(
  count: Pick<ImportReport, 'rowsRead' | 'added' | 'changed' | 'unchanged' | 'rejected' | 'unlocated' | 'areaOnly'>,
): string {
  const number = (value: number) => value.toLocaleString('en-GB');
  const nowhere = count.unlocated - count.areaOnly;
  const parts = [
    `${number(count.rowsRead)} rows read`,
    `${number(count.added)} added`,
    `${number(count.changed)} changed`,
    `${number(count.unchanged)} as before`,
    `${number(count.rejected)} rejected`,
  ];
  return [
    ...parts,
    ...(nowhere > 0 ? [`${number(nowhere)} without a place`] : []),
    ...(count.areaOnly > 0 ? [`${number(count.areaOnly)} known only by their area`] : []),
  ].join(', ');
}
