import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from './write-whole.ts';

const entrySchema = z.object({
  bytes: z.int().nonnegative(),
  crc32: z.int().nonnegative(),
  sha256: z.string(),
  from: z.string(),
  published: z.string().nullable(),
  fetched: z.string(),
});
const recordSchema = z.object({ files: z.record(z.string(), entrySchema) });

/** What was fetched into a folder: its content, the address, the day its publisher gives it, and when it came. */
export type RecordEntry = z.infer<typeof entrySchema>;
/** By the name of the file in the folder. */
export type DownloadRecord = Readonly<Record<string, RecordEntry>>;

const recordPath = (folder: string) => join(folder, '.hotspot-download');

/** What earlier runs fetched into the folder; nothing when no record can be read, since files are checked anyway. */
export async function readRecord(folder: string): Promise<DownloadRecord> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(recordPath(folder), 'utf8'))).files;
  } catch {
    return {};
  }
}

/** The licence of what was fetched and the sentence to print with it. */
export type Licence = { readonly title: string; readonly about: string; readonly attribution: string };

const openGovernmentLicence = {
  name: 'Open Government Licence v3.0',
  address: 'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/',
} as const;

/** Writes the record of a folder, for the next run, and the same in words with the licence, in `LICENCE.md`. */
export async function writeRecord(folder: string, files: DownloadRecord, licence: Licence): Promise<void> {
  await writeWhole(recordPath(folder), `${JSON.stringify({ files: sorted(files) }, null, 2)}\n`);
  // neither .txt nor .json: an import of the folder would take it for data
  await writeWhole(join(folder, 'LICENCE.md'), licenceText(files, licence));
}

const sorted = (files: DownloadRecord): DownloadRecord =>
  Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The licence, where each file came from and when, and its checksum. */
export function licenceText(files: DownloadRecord, { title, about, attribution }: Licence): string {
  const rows = Object.entries(sorted(files)).map(
    ([name, file]) => `| ${name} | ${file.bytes} | ${file.fetched} | ${file.from} | ${file.sha256} |`,
  );
  return `# ${title}

${about}

Licence: [${openGovernmentLicence.name}](${openGovernmentLicence.address}).
Whoever shows the data or what is made of them must print: "${attribution}"

| file | bytes | fetched | from | SHA-256 |
| --- | --: | --- | --- | --- |
${rows.join('\n')}
`;
}
