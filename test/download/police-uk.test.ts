import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archivesFor } from '../../server/download/police-uk.ts';
import { findFiles } from '../../server/flows/find-files.ts';
import { archive, streetFile } from './local-police-uk.ts';
import { makeZip } from './make-zip.ts';
import { months, PoliceUkBench } from './police-uk-bench.ts';

const bench = new PoliceUkBench();

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
    const report = await bench.download({ from: '2024-02', to: '2024-03' });
    expect(report).toMatchObject({ fetched: ['2024-02', '2024-03'], kept: [], unpublished: [] });
    expect(bench.read('2024-02')).toBe(streetFile('2024-02', 'cleveland'));
    expect(bench.read('2024-03')).toBe(streetFile('2024-03', 'cleveland'));
    expect(existsSync(bench.path('2024-01'))).toBe(false);
    expect(report.bytes).toBeLessThan(bench.world.archives['2024-04']!.length * 0.75);
    expect(bench.leftovers()).toEqual([]);
  });

  it('asks for as little of an archive as long as the real ones', async () => {
    const names = Array.from({ length: 14_000 }, (_, i) => `2024-01/2024-01-a${'b'.repeat(i % 40)}-street.csv.${i}`);
    // a directory longer than the end that is fetched first
    const many = names.map((name) => ({ name, text: '' }));
    bench.world.archives['2024-04'] = archive(months, 1, many);
    expect((await bench.download({ from: '2024-04' })).fetched).toEqual(['2024-04']);
    expect(bench.read('2024-04')).toBe(streetFile('2024-04', 'cleveland'));
    // the end, what of the directory lies before it, where the file begins, and the file
    expect(bench.server.asked.filter(({ path }) => path.startsWith('/store'))).toHaveLength(4);
  });

  it('writes the licence beside, with what was fetched, when, from where and its checksum', async () => {
    await bench.download({ from: '2024-04' });
    const licence = readFileSync(join(bench.into, 'LICENCE.md'), 'utf8');
    const sha256 = createHash('sha256').update(bench.read('2024-04')).digest('hex');
    expect(licence).toContain('Open Government Licence v3.0');
    expect(licence).toContain('Contains public sector information licensed under');
    expect(licence).toContain(
      `| 2024-04/2024-04-cleveland-street.csv | ${statSync(bench.path('2024-04')).size} | 2026-11-22T09:00:00.000Z | ` +
        `${bench.server.url}/data/archive/2024-04.zip | ${sha256} |`,
    );
  });

  it('leaves a folder of which an import takes the tables and nothing else', async () => {
    bench.world.fault = (n) => (n > 4 ? { status: 503 } : undefined);
    await expect(bench.download()).rejects.toThrow('missing for');
    const found = await findFiles([bench.into]);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ path }) => path.endsWith('-cleveland-street.csv'))).toBe(true);
    expect(readdirSync(bench.into)).toContain('LICENCE.md');
  });

  it('takes all up to the newest month when no last one is given', async () => {
    expect((await bench.download({ from: '2024-03', to: undefined })).fetched).toEqual(['2024-03', '2024-04']);
  });

  it('asks for nothing when all is there and whole, and only for the file that is not', async () => {
    await bench.download();
    const before = bench.server.asked.length;
    expect((await bench.download()).kept).toEqual(months);
    expect(bench.server.asked).toHaveLength(before);
    writeFileSync(bench.path('2024-02'), bench.read('2024-02').replace('Tower', 'Tover'));
    expect(await bench.download()).toMatchObject({ fetched: ['2024-02'], kept: ['2024-01', '2024-03', '2024-04'] });
    expect(bench.read('2024-02')).toBe(streetFile('2024-02', 'cleveland'));
  });

  it('knows a whole file again that was killed before it was written down', async () => {
    await bench.download({ from: '2024-04' });
    rmSync(join(bench.into, '.hotspot-download'));
    expect(await bench.download({ from: '2024-04' })).toMatchObject({ fetched: [], kept: ['2024-04'] });
    expect(readFileSync(join(bench.into, 'LICENCE.md'), 'utf8')).toContain('2024-04-cleveland-street.csv');
  });

  it('says for which months the force published nothing', async () => {
    bench.world.archives['2024-04'] = archive(['2024-01', '2024-04']);
    expect(await bench.download()).toMatchObject({
      fetched: ['2024-01', '2024-04'],
      unpublished: ['2024-02', '2024-03'],
    });
  });

  it('reads months of more than 36 from several archives', async () => {
    bench.world.archives['2021-04'] = archive(['2021-03', '2021-04']);
    const report = await bench.download({ from: '2021-03', to: '2024-04' });
    expect(report.fetched).toEqual(['2021-03', '2021-04', ...months]);
    expect(report.unpublished[0]).toBe('2021-05');
  });
});

describe('what is asked for wrongly', () => {
  it('names the forces there are', async () => {
    await expect(bench.download({ force: 'clevland' })).rejects.toThrow(
      'the archive 2024-04 has no force "clevland"; it has aaa, cleveland, durham',
    );
    expect(readdirSync(bench.into)).toEqual([]);
  });

  it('refuses a force that would be a path, months that are none and spans that end before they begin', async () => {
    await expect(bench.download({ force: '../etc' })).rejects.toThrow('--force: "../etc" is not a force');
    await expect(bench.download({ from: '2024-13' })).rejects.toThrow('--from: "2024-13" is not a month');
    await expect(bench.download({ from: '2024-04', to: '2024-03' })).rejects.toThrow('--from 2024-04 lies after');
    await expect(bench.download({ baseUrl: 'file:///etc' })).rejects.toThrow('--from-url takes an address');
    expect(bench.server.asked).toEqual([]);
  });

  it('says which month is the newest, and that an archive is not there', async () => {
    await expect(bench.download({ to: '2024-05' })).rejects.toThrow(
      '--to 2024-05 is not published yet; the newest month is 2024-04',
    );
    bench.world.months = ['2024-06'];
    await expect(bench.download()).rejects.toThrow(/there is no archive of 2024-06 \(.* answered 403/);
  });

  it('does not trust a zip that names files elsewhere', async () => {
    bench.world.archives['2024-04'] = makeZip([{ name: '../2024-01-cleveland-street.csv', text: 'x' }]);
    await expect(bench.download()).rejects.toThrow('is not a zip that can be read');
  });
});
