import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { archivesFor } from '../../server/download/police-uk.ts';
import { downloadPoliceUk, type PoliceUkRequest } from '../../server/flows/download-police-uk.ts';
import { findFiles } from '../../server/flows/find-files.ts';
import { archive, localPoliceUk, type PoliceUkWorld, streetFile } from './local-police-uk.ts';
import { fakeTime, type LocalServer } from './local-server.ts';
import { makeZip } from './make-zip.ts';

const months = ['2024-01', '2024-02', '2024-03', '2024-04'];
let into: string;
let world: PoliceUkWorld;
let server: LocalServer;
let notes: string[];

beforeEach(async () => {
  into = mkdtempSync(join(tmpdir(), 'hotspot-download-'));
  world = { archives: { '2024-04': firstEdition }, months, ranges: true, fault: () => undefined };
  server = await localPoliceUk(world);
  notes = [];
});
afterEach(async () => {
  await server.close();
  rmSync(into, { recursive: true, force: true });
});

/** Text that stays long when packed. */
function incompressible(length: number): string {
  let text = '';
  for (let i = 0; text.length < length; i++) text += createHash('sha512').update(String(i)).digest('base64');
  return text;
}

/** Makes the archive longer than the end of it that is fetched first. */
const padding = { name: '2024-01/2024-01-aaa-street.csv', text: incompressible(2 ** 21) };
const firstEdition = archive(months, 1, [padding]);

const download = (more: Partial<PoliceUkRequest> = {}) =>
  downloadPoliceUk({
    force: 'cleveland',
    from: '2024-01',
    to: '2024-04',
    kind: 'street',
    into,
    baseUrl: server.url,
    http: { ...fakeTime(), idleMilliseconds: 300 },
    now: () => new Date('2026-11-22T09:00:00Z'),
    onNote: (note) => notes.push(note),
    ...more,
  });
const path = (month: string) => join(into, month, `${month}-cleveland-street.csv`);
const read = (month: string) => readFileSync(path(month), 'utf8');
/** The ranges asked of the store, without the first of each opening. */
const ranges = () =>
  server.asked.flatMap(({ range }) => (range === undefined || range.startsWith('bytes=-') ? [] : [range]));
/** Whether a range is that of a file, and not of a few bytes of a header or of the end of the archive. */
const isLarge = (range = '') => {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  return Number(to) - Number(from) > 1000;
};
const leftovers = () =>
  readdirSync(into, { recursive: true, encoding: 'utf8' }).filter((name) => /part|whole|archive|origin/.test(name));

describe('which archive a month is taken from', () => {
  it('takes the newest that holds the month, 36 months back', () => {
    const wanted = ['2020-01', '2021-04', '2021-05', '2024-04'];
    expect([...archivesFor(wanted, '2024-04')]).toEqual([
      ['2021-04', ['2020-01', '2021-04']],
      ['2024-04', ['2021-05', '2024-04']],
    ]);
  });
});

describe('downloading the files of a force', () => {
  it('fetches the months asked for, byte for byte, and little more of the archive', async () => {
    const report = await download({ from: '2024-02', to: '2024-03' });
    expect(report).toMatchObject({ fetched: ['2024-02', '2024-03'], kept: [], unpublished: [] });
    expect(read('2024-02')).toBe(streetFile('2024-02', 'cleveland'));
    expect(read('2024-03')).toBe(streetFile('2024-03', 'cleveland'));
    expect(existsSync(path('2024-01'))).toBe(false);
    expect(report.bytes).toBeLessThan(world.archives['2024-04']!.length * 0.75);
    expect(leftovers()).toEqual([]);
  });

  it('asks for as little of an archive as long as the real ones', async () => {
    const names = Array.from({ length: 14_000 }, (_, i) => `2024-01/2024-01-a${'b'.repeat(i % 40)}-street.csv.${i}`);
    // a directory longer than the end that is fetched first
    const many = names.map((name) => ({ name, text: '' }));
    world.archives['2024-04'] = archive(months, 1, many);
    expect((await download({ from: '2024-04' })).fetched).toEqual(['2024-04']);
    expect(read('2024-04')).toBe(streetFile('2024-04', 'cleveland'));
    // the end, what of the directory lies before it, where the file begins, and the file
    expect(server.asked.filter(({ path }) => path.startsWith('/store'))).toHaveLength(4);
  });

  it('writes the licence beside, with what was fetched, when, from where and its checksum', async () => {
    await download({ from: '2024-04' });
    const licence = readFileSync(join(into, 'LICENCE.md'), 'utf8');
    const sha256 = createHash('sha256').update(read('2024-04')).digest('hex');
    expect(licence).toContain('Open Government Licence v3.0');
    expect(licence).toContain('Contains public sector information licensed under');
    expect(licence).toContain(
      `| 2024-04/2024-04-cleveland-street.csv | ${statSync(path('2024-04')).size} | 2026-11-22T09:00:00.000Z | ` +
        `${server.url}/data/archive/2024-04.zip | ${sha256} |`,
    );
  });

  it('leaves a folder of which an import takes the tables and nothing else', async () => {
    world.fault = (n) => (n > 4 ? { status: 503 } : undefined);
    await expect(download()).rejects.toThrow('missing for');
    const found = await findFiles([into]);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((name) => name.endsWith('-cleveland-street.csv'))).toBe(true);
    expect(readdirSync(into)).toContain('LICENCE.md');
  });

  it('takes all up to the newest month when no last one is given', async () => {
    expect((await download({ from: '2024-03', to: undefined })).fetched).toEqual(['2024-03', '2024-04']);
  });

  it('asks for nothing when all is there and whole, and only for the file that is not', async () => {
    await download();
    const before = server.asked.length;
    expect((await download()).kept).toEqual(months);
    expect(server.asked).toHaveLength(before);
    writeFileSync(path('2024-02'), read('2024-02').replace('Tower', 'Tover'));
    expect(await download()).toMatchObject({ fetched: ['2024-02'], kept: ['2024-01', '2024-03', '2024-04'] });
    expect(read('2024-02')).toBe(streetFile('2024-02', 'cleveland'));
  });

  it('knows a whole file again that was killed before it was written down', async () => {
    await download({ from: '2024-04' });
    rmSync(join(into, '.hotspot-download'));
    expect(await download({ from: '2024-04' })).toMatchObject({ fetched: [], kept: ['2024-04'] });
    expect(readFileSync(join(into, 'LICENCE.md'), 'utf8')).toContain('2024-04-cleveland-street.csv');
  });

  it('says for which months the force published nothing', async () => {
    world.archives['2024-04'] = archive(['2024-01', '2024-04']);
    expect(await download()).toMatchObject({ fetched: ['2024-01', '2024-04'], unpublished: ['2024-02', '2024-03'] });
  });

  it('reads months of more than 36 from several archives', async () => {
    world.archives['2021-04'] = archive(['2021-03', '2021-04']);
    const report = await download({ from: '2021-03', to: '2024-04' });
    expect(report.fetched).toEqual(['2021-03', '2021-04', ...months]);
    expect(report.unpublished[0]).toBe('2021-05');
  });
});

describe('a service that goes wrong', () => {
  it('is waited for when it is busy, in the middle too', async () => {
    world.fault = (n) => ({ 0: { status: 429, retryAfter: '3' }, 2: { status: 503 }, 5: { status: 429 } })[n];
    const time = fakeTime();
    expect((await download({ http: time })).fetched).toEqual(months);
    expect(time.slept).toContain(3000);
  });

  it.each(['cut', 'reset', 'stall'] as const)('goes on from the byte where an answer broke off (%s)', async (fault) => {
    let broken: string | undefined;
    world.fault = (_n, range) => {
      if (broken !== undefined || !isLarge(range)) return undefined;
      broken = range;
      return fault;
    };
    expect((await download()).fetched).toEqual(months);
    for (const month of months) expect(read(month)).toBe(streetFile(month, 'cleveland'));
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(broken as string)!;
    const half = Number(from) + Math.floor((Number(to) + 1 - Number(from)) / 2);
    expect(ranges()).toContain(`bytes=${half}-${to}`);
  });

  it('keeps what has come when it gives up, names what is missing, and a later run goes on', async () => {
    let large = 0;
    world.fault = (_n, range) => {
      if (!isLarge(range) || ++large < 3) return undefined;
      return large === 3 ? 'cut' : { status: 503 };
    };
    await expect(download({ http: { ...fakeTime(), tries: 3 } })).rejects.toThrow(
      /street files of cleveland are missing for 2024-03 to 2024-04 \(.*it answered 503, 3 times in a row/,
    );
    expect(read('2024-02')).toBe(streetFile('2024-02', 'cleveland'));
    expect(existsSync(path('2024-03'))).toBe(false);
    const there = statSync(`${path('2024-03')}.part`).size;
    const broken = ranges().at(-1) as string;
    world.fault = () => undefined;
    const before = ranges().length;
    expect(await download()).toMatchObject({ fetched: ['2024-03', '2024-04'], kept: ['2024-01', '2024-02'] });
    expect(there).toBeGreaterThan(1000);
    // the last range asked for before began where the part on disk ends: it is the first asked for now
    expect(ranges().slice(before).filter(isLarge)[0]).toBe(broken);
    expect(leftovers()).toEqual([]);
  });

  it.each([false, true])('never mixes two versions of an archive (server without If-Range: %s)', async (ignores) => {
    world.ignoresIfRange = ignores;
    const changed = archive(months, 2, [padding]);
    let large = 0;
    world.archives['2024-04'] = firstEdition;
    world.fault = (_n, range) => {
      if (!isLarge(range) || ++large !== 2) return undefined;
      world.archives['2024-04'] = changed;
      return 'cut';
    };
    expect((await download()).fetched).toEqual(months);
    expect(read('2024-01')).toBe(streetFile('2024-01', 'cleveland', 1));
    for (const month of months.slice(1)) expect(read(month), month).toBe(streetFile(month, 'cleveland', 2));
    expect(notes).toEqual(['the archive 2024-04 has been published anew meanwhile; reading it again']);
  });

  it('throws away a part of an older version', async () => {
    let large = 0;
    world.fault = (_n, range) => {
      if (!isLarge(range)) return undefined;
      return ++large === 1 ? 'cut' : { status: 503 };
    };
    await expect(download()).rejects.toThrow('missing for 2024-01 to 2024-04');
    expect(statSync(`${path('2024-01')}.part`).size).toBeGreaterThan(1000);
    world.archives['2024-04'] = archive(months, 2, [padding]);
    world.fault = () => undefined;
    const before = ranges().length;
    await download();
    expect(read('2024-01')).toBe(streetFile('2024-01', 'cleveland', 2));
    expect(ranges().slice(before).filter(isLarge)).toHaveLength(months.length);
  });

  it('refuses a file that does not unpack to its checksum, and still fetches the others', async () => {
    const name = '2024-02/2024-02-cleveland-street.csv';
    const bad = { name, text: streetFile('2024-02', 'cleveland'), claimedCrc32: 12345 };
    world.archives['2024-04'] = archive(months, 1, [bad]);
    await expect(download()).rejects.toThrow(/missing for 2024-02 \(.*2024-02-cleveland-street.csv arrived damaged/);
    expect([existsSync(path('2024-02')), read('2024-04')]).toEqual([false, streetFile('2024-04', 'cleveland')]);
    expect(leftovers()).toEqual([]);
  });

  it('refuses a file without the columns', async () => {
    const odd = { name: '2024-02/2024-02-cleveland-street.csv', text: 'Crime ID,Month,Longitude\n1,2024-02,0\n' };
    world.archives['2024-04'] = archive(months, 1, [odd]);
    await expect(download()).rejects.toThrow(/missing for 2024-02 \(.*lacks the columns Reported by, Falls within/);
    expect(existsSync(path('2024-02'))).toBe(false);
  });

  it('takes the whole archive from a server that hands out no parts, and removes it afterwards', async () => {
    world.ranges = false;
    world.fault = (n) => (n === 1 ? 'reset' : undefined);
    expect((await download()).fetched).toEqual(months);
    for (const month of months) expect(read(month)).toBe(streetFile(month, 'cleveland'));
    expect(notes[0]).toContain('hands out no parts of files, so the whole archive is fetched');
    expect(leftovers()).toEqual([]);
  });

  it('notices that a whole archive without a length was cut short', async () => {
    world.ranges = false;
    world.fault = (n) => (n === 1 ? 'cut' : undefined);
    await expect(download()).rejects.toThrow(/is not a zip that can be read/);
    expect((await download()).fetched).toEqual(months);
  });

  it('refuses something else than a zip', async () => {
    world.archives['2024-04'] = Buffer.from('<html>We are working on it</html>'.repeat(100));
    await expect(download()).rejects.toThrow(/missing for 2024-01 to 2024-04 \(.*is not a zip that can be read/);
  });

  it('says in one sentence that the folder cannot be written', async () => {
    writeFileSync(join(into, 'file'), '');
    await expect(download({ into: join(into, 'file') })).rejects.toThrow(
      /^cannot write in .*a part of its path is a file/,
    );
  });
});

describe('what is asked for wrongly', () => {
  it('names the forces there are', async () => {
    await expect(download({ force: 'clevland' })).rejects.toThrow(
      'the archive 2024-04 has no force "clevland"; it has aaa, cleveland, durham',
    );
    expect(readdirSync(into)).toEqual([]);
  });

  it('refuses a force that would be a path, months that are none and spans that end before they begin', async () => {
    await expect(download({ force: '../etc' })).rejects.toThrow('--force: "../etc" is not a force');
    await expect(download({ from: '2024-13' })).rejects.toThrow('--from: "2024-13" is not a month');
    await expect(download({ from: '2024-04', to: '2024-03' })).rejects.toThrow('--from 2024-04 lies after');
    await expect(download({ baseUrl: 'file:///etc' })).rejects.toThrow('--from-url takes an address');
    expect(server.asked).toEqual([]);
  });

  it('says which month is the newest, and that an archive is not there', async () => {
    await expect(download({ to: '2024-05' })).rejects.toThrow(
      '--to 2024-05 is not published yet; the newest month is 2024-04',
    );
    world.months = ['2024-06'];
    await expect(download()).rejects.toThrow(/there is no archive of 2024-06 \(.* answered 403/);
  });

  it('does not trust a zip that names files elsewhere', async () => {
    world.archives['2024-04'] = makeZip([{ name: '../2024-01-cleveland-street.csv', text: 'x' }]);
    await expect(download()).rejects.toThrow('is not a zip that can be read');
  });
});
