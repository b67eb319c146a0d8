import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archive, streetFile } from './local-police-uk.ts';
import { fakeTime } from './local-server.ts';
import { firstEdition, isLarge, months, PoliceUkBench, padding } from './police-uk-bench.ts';

const bench = new PoliceUkBench();

describe('a service that goes wrong', () => {
  it('is waited for when it is busy, in the middle too', async () => {
    bench.world.fault = (n) => ({ 0: { status: 429, retryAfter: '3' }, 2: { status: 503 }, 5: { status: 429 } })[n];
    const time = fakeTime();
    expect((await bench.download({ http: time })).fetched).toEqual(months);
    expect(time.slept).toContain(3000);
  });

  it.each(['cut', 'reset', 'stall'] as const)('goes on from the byte where an answer broke off (%s)', async (fault) => {
    let broken: string | undefined;
    bench.world.fault = (_n, range) => {
      if (broken !== undefined || !isLarge(range)) return undefined;
      broken = range;
      return fault;
    };
    expect((await bench.download()).fetched).toEqual(months);
    for (const month of months) expect(bench.read(month)).toBe(streetFile(month, 'cleveland'));
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(broken as string)!;
    const half = Number(from) + Math.floor((Number(to) + 1 - Number(from)) / 2);
    expect(bench.ranges()).toContain(`bytes=${half}-${to}`);
  });

  it('keeps what has come when it gives up, names what is missing, and a later run goes on', async () => {
    let large = 0;
    bench.world.fault = (_n, range) => {
      if (!isLarge(range) || ++large < 3) return undefined;
      return large === 3 ? 'cut' : { status: 503 };
    };
    await expect(bench.download({ http: { ...fakeTime(), tries: 3 } })).rejects.toThrow(
      /street files of cleveland are missing for 2024-03 to 2024-04 \(.*it answered 503, 3 times in a row/,
    );
    expect(bench.read('2024-02')).toBe(streetFile('2024-02', 'cleveland'));
    expect(existsSync(bench.path('2024-03'))).toBe(false);
    const there = statSync(`${bench.path('2024-03')}.part`).size;
    const broken = bench.ranges().at(-1) as string;
    bench.world.fault = () => undefined;
    const before = bench.ranges().length;
    expect(await bench.download()).toMatchObject({ fetched: ['2024-03', '2024-04'], kept: ['2024-01', '2024-02'] });
    expect(there).toBeGreaterThan(1000);
    // the last range asked for before began where the part on disk ends: it is the first asked for now
    expect(bench.ranges().slice(before).filter(isLarge)[0]).toBe(broken);
    expect(bench.leftovers()).toEqual([]);
  });

  it.each([false, true])('never mixes two versions of an archive (server without If-Range: %s)', async (ignores) => {
    bench.world.ignoresIfRange = ignores;
    const changed = archive(months, 2, [padding]);
    let large = 0;
    bench.world.archives['2024-04'] = firstEdition;
    bench.world.fault = (_n, range) => {
      if (!isLarge(range) || ++large !== 2) return undefined;
      bench.world.archives['2024-04'] = changed;
      return 'cut';
    };
    expect((await bench.download()).fetched).toEqual(months);
    expect(bench.read('2024-01')).toBe(streetFile('2024-01', 'cleveland', 1));
    for (const month of months.slice(1)) expect(bench.read(month), month).toBe(streetFile(month, 'cleveland', 2));
    expect(bench.notes).toEqual(['the archive 2024-04 has been published anew meanwhile; reading it again']);
  });

  it('throws away a part of an older version', async () => {
    let large = 0;
    bench.world.fault = (_n, range) => {
      if (!isLarge(range)) return undefined;
      return ++large === 1 ? 'cut' : { status: 503 };
    };
    await expect(bench.download()).rejects.toThrow('missing for 2024-01 to 2024-04');
    expect(statSync(`${bench.path('2024-01')}.part`).size).toBeGreaterThan(1000);
    bench.world.archives['2024-04'] = archive(months, 2, [padding]);
    bench.world.fault = () => undefined;
    const before = bench.ranges().length;
    await bench.download();
    expect(bench.read('2024-01')).toBe(streetFile('2024-01', 'cleveland', 2));
    expect(bench.ranges().slice(before).filter(isLarge)).toHaveLength(months.length);
  });

  it('refuses a file that does not unpack to its checksum, and still fetches the others', async () => {
    const name = '2024-02/2024-02-cleveland-street.csv';
    const bad = { name, text: streetFile('2024-02', 'cleveland'), claimedCrc32: 12345 };
    bench.world.archives['2024-04'] = archive(months, 1, [bad]);
    await expect(bench.download()).rejects.toThrow(
      /missing for 2024-02 \(.*2024-02-cleveland-street.csv arrived damaged/,
    );
    expect([existsSync(bench.path('2024-02')), bench.read('2024-04')]).toEqual([
      false,
      streetFile('2024-04', 'cleveland'),
    ]);
    expect(bench.leftovers()).toEqual([]);
  });

  it('refuses a file without the columns', async () => {
    const odd = { name: '2024-02/2024-02-cleveland-street.csv', text: 'Crime ID,Month,Longitude\n1,2024-02,0\n' };
    bench.world.archives['2024-04'] = archive(months, 1, [odd]);
    await expect(bench.download()).rejects.toThrow(
      /missing for 2024-02 \(.*lacks the columns Reported by, Falls within/,
    );
    expect(existsSync(bench.path('2024-02'))).toBe(false);
  });

  it('takes the whole archive from a server that hands out no parts, and removes it afterwards', async () => {
    bench.world.ranges = false;
    bench.world.fault = (n) => (n === 1 ? 'reset' : undefined);
    expect((await bench.download()).fetched).toEqual(months);
    for (const month of months) expect(bench.read(month)).toBe(streetFile(month, 'cleveland'));
    expect(bench.notes[0]).toContain('hands out no parts of files, so the whole archive is fetched');
    expect(bench.leftovers()).toEqual([]);
  });

  it('notices that a whole archive without a length was cut short', async () => {
    bench.world.ranges = false;
    bench.world.fault = (n) => (n === 1 ? 'cut' : undefined);
    await expect(bench.download()).rejects.toThrow(/is not a zip that can be read/);
    expect((await bench.download()).fetched).toEqual(months);
  });

  it('refuses something else than a zip', async () => {
    bench.world.archives['2024-04'] = Buffer.from('<html>We are working on it</html>'.repeat(100));
    await expect(bench.download()).rejects.toThrow(/missing for 2024-01 to 2024-04 \(.*is not a zip that can be read/);
  });

  it('says in one sentence that the folder cannot be written', async () => {
    writeFileSync(join(bench.into, 'file'), '');
    await expect(bench.download({ into: join(bench.into, 'file') })).rejects.toThrow(
      /^cannot write in .*a part of its path is a file/,
    );
  });
});
