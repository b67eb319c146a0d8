import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { downloadPoliceUk, type PoliceUkReport, type PoliceUkRequest } from '../../server/flows/download-police-uk.ts';
import { archive, localPoliceUk, type PoliceUkWorld } from './local-police-uk.ts';
import { fakeTime, type LocalServer } from './local-server.ts';

/** The months that the archive of the tests holds. */
export const months = ['2024-01', '2024-02', '2024-03', '2024-04'];

/** Makes an archive longer than the end of it that is fetched first. */
export const padding = { name: '2024-01/2024-01-aaa-street.csv', text: incompressible(2 ** 21) };
/** The archive of 2024-04 as it is at first. */
export const firstEdition = archive(months, 1, [padding]);

/** Text that stays long when packed. */
function incompressible(length: number): string {
  let text = '';
  for (let i = 0; text.length < length; i++) text += createHash('sha512').update(String(i)).digest('base64');
  return text;
}

/** Whether a range is that of a file, and not of a few bytes of a header or of the end of the archive. */
export function isLarge(range = ''): boolean {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  return Number(to) - Number(from) > 1000;
}

/** A folder and a server for each test, and the download between them. */
export class PoliceUkBench {
  into = '';
  world: PoliceUkWorld = { archives: {}, months, ranges: true, fault: () => undefined };
  server!: LocalServer;
  notes: string[] = [];

  constructor() {
    beforeEach(async () => {
      this.into = mkdtempSync(join(tmpdir(), 'hotspot-download-'));
      this.world = { archives: { '2024-04': firstEdition }, months, ranges: true, fault: () => undefined };
      this.server = await localPoliceUk(this.world);
      this.notes = [];
    });
    afterEach(async () => {
      await this.server.close();
      rmSync(this.into, { recursive: true, force: true });
    });
  }

  download(more: Partial<PoliceUkRequest> = {}): Promise<PoliceUkReport> {
    return downloadPoliceUk({
      force: 'cleveland',
      from: '2024-01',
      to: '2024-04',
      kind: 'street',
      into: this.into,
      baseUrl: this.server.url,
      http: { ...fakeTime(), idleMilliseconds: 300 },
      now: () => new Date('2026-11-22T09:00:00Z'),
      onNote: (note) => this.notes.push(note),
      ...more,
    });
  }

  path(month: string): string {
    return join(this.into, month, `${month}-cleveland-street.csv`);
  }

  read(month: string): string {
    return readFileSync(this.path(month), 'utf8');
  }

  /** The ranges asked of the store, without the first of each opening. */
  ranges(): string[] {
    const asked = this.server.asked.flatMap(({ range }) => range ?? []);
    return asked.filter((range) => !range.startsWith('bytes=-'));
  }

  /** What is in the folder and should not be when all is done. */
  leftovers(): string[] {
    const names = readdirSync(this.into, { recursive: true, encoding: 'utf8' });
    return names.filter((name) => /part|whole|archive|origin/.test(name));
  }
}
