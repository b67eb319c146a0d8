import { describeImportQuality, describeSourceQuality } from '../flows/describe-quality.ts';
import { percent, whole } from '../flows/wording.ts';
import type { Quality } from '../import-model.ts';
import type { Database } from '../store/database.ts';
import { listSourceNames } from '../store/read-quality.ts';
import { type Arguments, type Command, say, UsageError } from './command.ts';

/** `quality [<source> | --import <id>]`: how good what was taken in is, in words. */
export const qualityCommand: Command = {
  usage: `quality [<source> | --import <id>]
      How good the data are: of one import, of one source, or of every source.`,
  options: { import: { type: 'string' } },
  check({ positionals, values }) {
    if (positionals.length > 1)
      throw new UsageError('quality takes one source, or --import with its number, or neither');
    if (values.import === undefined) return;
    if (positionals.length > 0) throw new UsageError('quality takes a source or --import, not both');
    if (!/^[1-9]\d{0,8}$/.test(String(values.import))) {
      throw new UsageError(`--import: "${values.import}" is not the number of an import; status lists the newest`);
    }
  },
  needsDatabase: true,
  run: runQuality,
};

async function runQuality(database: Database, { positionals, values }: Arguments): Promise<void> {
  if (values.import !== undefined) return tell(await describeImportQuality(database, Number(values.import)));
  const names = positionals.length > 0 ? positionals : await database.read(listSourceNames);
  if (names.length === 0) say('Nothing is held yet.');
  for (const name of names) tell(await describeSourceQuality(database, name));
}

function tell(quality: Quality): void {
  for (const line of qualityLines(quality)) say(line);
}

/** A report as lines: its head, what should be known, then the tables. */
function qualityLines(quality: Quality): string[] {
  const record = quality.import;
  const head = record
    ? `Import ${record.id} of ${quality.source}, ${record.fileName}: ${whole(quality.incidents)} incidents`
    : `${quality.source}: ${whole(quality.incidents)} incidents`;
  return [
    head,
    ...quality.notes.map((note) => `  - ${note}`),
    `  Time known to: ${shares(timeWords(quality), quality.incidents)}`,
    `  Placed by: ${shares(placedWords(quality), quality.incidents)}`,
    ...stackedLines(quality),
    ...tableLines(
      'Filled in',
      quality.completeness.map(({ column, filled, rows }) => [column, percent(rows === 0 ? 0 : filled / rows)]),
    ),
    ...tableLines(
      'Months',
      quality.months.map((month) => [month.month, monthWords(month)]),
    ),
    ...tableLines(
      'Not mapped',
      quality.unmapped.slice(0, 20).map(({ word, incidents }) => [word, whole(incidents)]),
    ),
    ...areaLines(quality),
  ];
}

function timeWords({ timePrecision: { ranges, ...precisions } }: Quality): Record<string, number> {
  return { ...precisions, 'between two times': ranges };
}

function placedWords({ placed: { areaOnly, none, ...points } }: Quality): Record<string, number> {
  return { ...points, 'area only': areaOnly, 'no place': none };
}

function shares(counts: Readonly<Record<string, number>>, all: number): string {
  const parts = Object.entries(counts).filter(([, count]) => count > 0);
  return parts.map(([name, count]) => `${name} ${percent(count / all)}`).join(', ') || 'nothing';
}

function stackedLines({ stacked: { points, share, places } }: Quality): string[] {
  if (share === null) return [];
  const title = `Ten commonest of ${whole(points)} points, with ${percent(share)} of the incidents that have one`;
  return tableLines(
    title,
    places.map(({ location, incidents }) => [location || '(no words)', whole(incidents)]),
  );
}

function monthWords({ incidents, missing, usual, sudden }: Quality['months'][number]): string {
  if (missing) return 'missing';
  return `${whole(incidents)}${sudden ? `, where ${whole(usual ?? 0)} would be usual` : ''}`;
}

function areaLines({ areas }: Quality): string[] {
  if (!areas) return [];
  const since = areas.validFrom === null ? '' : ` of ${areas.validFrom}`;
  const before = areas.previousImport === null ? '' : `, with those of import ${areas.previousImport}`;
  const rows = areas.rows.map(({ name, incidents, previous }) => [
    name,
    previous === null ? whole(incidents) : `${whole(incidents)} (${whole(previous)})`,
  ]);
  return tableLines(`By ${areas.layer}${since}${before}`, [...rows, ['in none', whole(areas.none)]]);
}

function tableLines(title: string, rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([name = '']) => name.length));
  return [`  ${title}:`, ...rows.map(([name = '', value]) => `    ${name.padEnd(width)}  ${value}`)];
}
