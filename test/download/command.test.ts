import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Arguments } from '../../server/commands/command.ts';
import { downloadCommand } from '../../server/commands/download.ts';
import type { TestDatabase } from '../helpers/database.ts';
import { runCommand } from '../helpers/service.ts';
import { localOns, wards } from './local-ons.ts';
import { archive, localPoliceUk, type PoliceUkWorld, streetFile } from './local-police-uk.ts';
import type { LocalServer } from './local-server.ts';

const months = ['2024-01', '2024-02', '2024-03'];
let folder: string;
let into: string;
let options: TestDatabase;
let world: PoliceUkWorld;
let police: LocalServer;
let ons: LocalServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hotspot-download-command-'));
  // a download needs no database: this one would be refused
  options = {
    databaseUrl: 'postgres://nobody@127.0.0.1:1/none',
    dataDirectory: join(folder, 'data'),
    remove: async () => {},
  };
  // behind the wanted months stands more than the end that is fetched first
  const long = { name: '2024-01/2024-01-zz-street.csv', text: noise(2 ** 21) };
  world = { archives: { '2024-03': archive(months, 1, [long]) }, months, ranges: true, fault: () => undefined };
  police = await localPoliceUk(world);
  const services = { WD_MAY_2025_UK_BGC_V2: wards('E06000001', ['E05013038', 'E05013039']) };
  ons = await localOns({ services, pageSize: 2000, fault: () => undefined, spoil: (features) => features });
});
beforeEach(() => {
  into = mkdtempSync(join(folder, 'into-'));
});
afterAll(async () => {
  await police.close();
  await ons.close();
  rmSync(folder, { recursive: true, force: true });
});

function noise(length: number): string {
  let [text, state] = ['', 1];
  while (text.length < length) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    text += state.toString(36);
  }
  return text;
}

const policeUk = ['download', 'police-uk', '--force', 'cleveland', '--from', '2024-01'];
const path = (month: string) => join(into, month, `${month}-cleveland-street.csv`);

describe('hotspot download', () => {
  it('fetches the files of a force without a database, and says what to type next', async () => {
    const run = await runCommand(options, [...policeUk, '--into', into, '--from-url', police.url]);
    expect([run.code, run.errors]).toEqual([0, '']);
    expect(run.output).toMatch(/^3 files fetched \(1\.\d MB\), 0 files there already\.\n/);
    expect(run.output).toContain(`npm run hotspot -- import ${into} --profile police-uk-street\n`);
    for (const month of months) expect(readFileSync(path(month), 'utf8')).toBe(streetFile(month, 'cleveland'));
    expect(readFileSync(join(into, 'LICENCE.md'), 'utf8')).toContain('Open Government Licence');
  });

  it('goes on after it was killed in the middle of a file', async () => {
    const large = (range = '') => {
      const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
      return Number(to) - Number(from) > 1000;
    };
    let files = 0;
    world.fault = (_n, range) => (large(range) && ++files === 2 ? 'stall' : undefined);
    const part = `${path('2024-02')}.part`;
    const killed = await runCommand(options, [...policeUk, '--into', into, '--from-url', police.url], {
      onStart: (kill) => {
        const timer = setInterval(() => {
          if (!existsSync(part) || statSync(part).size < 1000) return;
          clearInterval(timer);
          kill('SIGKILL');
        }, 10);
      },
    });
    const there = statSync(part).size;
    expect([killed.code, existsSync(path('2024-02'))]).toEqual([null, false]);
    const broken = police.asked.filter(({ range }) => large(range)).at(-1)!.range!;
    const run = await runCommand(options, [...policeUk, '--into', into, '--from-url', police.url]);
    expect(run.output).toMatch(/^2 files fetched .*, 1 file there already\.\n/);
    expect(readFileSync(path('2024-02'), 'utf8')).toBe(streetFile('2024-02', 'cleveland'));
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(broken)!;
    expect(police.asked.map(({ range }) => range)).toContain(`bytes=${Number(from) + there}-${to}`);
  });

  it('fetches the wards of a district into the data folder, and says what to type next', async () => {
    const words = ['download', 'wards', '--district', 'E06000001', '--from-url', ons.url];
    const run = await runCommand(options, words);
    const file = join(options.dataDirectory, 'downloads', 'areas', 'wards-2025-E06000001.geojson');
    expect([run.code, run.errors]).toEqual([0, '']);
    expect(run.output).toContain(`2 wards of 2025 in E06000001: ${file}, its licence beside it.`);
    expect(run.output).toContain(`npm run hotspot -- areas ${file} --layer ward --valid-from 2025-05-01\n`);
    expect(JSON.parse(readFileSync(file, 'utf8')).features).toHaveLength(2);
  });

  it('ends with 1 and one line when not all could be had', async () => {
    const run = await runCommand(options, [
      ...policeUk.slice(0, 3),
      'clevland',
      '--from',
      '2024-01',
      '--from-url',
      police.url,
    ]);
    expect([run.code, run.output]).toEqual([1, '']);
    expect(run.errors).toMatch(/^hotspot: [^\n]*has no force "clevland"; it has cleveland, durham, zz[^\n]*\n$/);
  });

  const wrong: [string[], string][] = [
    [['download'], 'download takes what to fetch: police-uk, wards, lsoa, districts'],
    [['download', 'roads'], 'download knows no "roads"'],
    [['download', 'police-uk', '--from', '2024-01'], 'needs --force'],
    [['download', 'police-uk', '--force', 'cleveland'], 'needs --from'],
    [['download', 'police-uk', '--force', 'cleveland', '--from', '2024-1'], '--from: "2024-1" is not a month'],
    [['download', 'police-uk', '--force', '../x', '--from', '2024-01'], '--force: "../x" is not a force'],
    [['download', 'wards', '--district', "E06000001' OR 1=1"], 'is not the code of a district'],
    [['download', 'wards', '--district', 'E06000001', '--from-url', 'ftp://a'], '--from-url takes an address'],
    [['download', 'wards'], 'needs --district, such as'],
    [['download', 'wards', '--district', 'E06000001', '--force', 'x'], '--force does not go with download wards'],
  ];
  it.each(wrong)('refuses %j', ([, ...words], message) => {
    const { positionals, values } = parseArgs({
      args: words,
      options: downloadCommand.options,
      allowPositionals: true,
    });
    expect(() => downloadCommand.check({ positionals, values: values as Arguments['values'] })).toThrow(message);
  });

  it('says how it is used, and ends with 2', async () => {
    const run = await runCommand(options, ['download', 'roads']);
    expect([run.code, run.output]).toEqual([2, '']);
    expect(run.errors).toContain('Usage: npm run hotspot');
    expect(run.errors).toContain('download police-uk --force cleveland --from 2024-01');
  });
});
