import { mkdir, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, join } from 'node:path';
import type { Config } from '../config.ts';
import { findFiles } from '../flows/find-files.ts';
import { type ImportReport, importFile } from '../flows/import-file.ts';
import { profileFolders, taxonomyFolder } from '../folders.ts';
import { loadProfile } from '../import/profile.ts';
import { loadTaxonomy } from '../import/taxonomy.ts';
import { fileProgress } from '../report/progress.ts';
import type { Database } from '../store/database.ts';
import { type Arguments, type Command, say, UsageError } from './command.ts';

/** `import <file…> --profile <name>`: takes in files of incidents. */
export const importCommand: Command = {
  usage: `import <file…> --profile police-uk-street
      Take in incidents from CSV files, from every CSV in a folder, or from - (standard input).
      Profiles: npm run hotspot -- profile list (data/README.md describes them), or a file ending in .json.`,
  options: { profile: { type: 'string' } },
  check({ positionals, values }) {
    if (positionals.length === 0) throw new UsageError('import takes one or more files or folders, or -');
    if (!values.profile) throw new UsageError('import needs --profile, such as --profile police-uk-street');
  },
  needsDatabase: true,
  run: runImport,
};

async function runImport(database: Database, { positionals, values }: Arguments, config: Config): Promise<void> {
  const taxonomy = await loadTaxonomy(taxonomyFolder);
  const profile = await loadProfile(profileFolders(config.dataDirectory), String(values.profile));
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
