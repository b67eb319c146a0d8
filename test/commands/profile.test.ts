import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { profiles } from '../helpers/import-fixtures.ts';
import { runCommand } from '../helpers/service.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotspot-profile-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
/** None of these touches a database: this one would be refused. */
const run = (...words: string[]) =>
  runCommand({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none', dataDirectory: folder, remove: async () => {} }, [
    'profile',
    ...words,
  ]);

const header = 'Crime Number,Offence,Date From,Time From,Date To,Time To,Easting,Northing,Domestic Abuse,Victim Name\n';
const police =
  `${header}A1,Burglary - Residential,03/04/2023,21:30,04/04/2023,07:00,450566,531848,N,Ann Example\n` +
  'A2,Common Assault,05/04/2023,23:10,,,450570,531850,Y,Bob Example\n' +
  'A3,Goose theft,06/04/2023,,,,,,,\n' +
  'A4,Robbery,31/02/2023,10:00,,,450570,531850,,\n';

describe('profile check', () => {
  it('says what a police export becomes, stores nothing, and exits with 0 though a row is rejected', async () => {
    const { code, output, errors } = await run('check', 'police-generic', file('niche.csv', police));
    expect([code, errors]).toEqual([0, '']);
    expect(output).toContain('under police-generic: 4 rows, 3 accepted, 1 rejected.');
    expect(output).toContain('Columns left out: Victim Name');
    expect(output).toContain('Date From, Time From: "03/04/2023 21:30" is 3 April 2023 at 21:30');
    expect(output).toContain('1 Burglary - Residential: crime.burglary.residential');
    expect(output).toContain('1 Goose theft: no category');
    expect(output).toContain('2 by coordinates');
    expect(output).toContain('1 without a place');
    expect(output).toContain(
      '1 Date From, Time From "31/02/2023 10:00" on line 5: there is no day 31 in 2023-02; correct the date',
    );
    expect(output).not.toContain('Example');
  });

  it('exits with 1 when the file cannot be read under the profile, and says why', async () => {
    const lacks = await run('check', 'council-asb', file('niche.csv', police));
    expect(lacks.code).toBe(1);
    expect(lacks.errors).toContain('lacks the columns category, occurred_from, which the profile council-asb needs');
    const nothing = await run('check', 'police-generic', file('bad.csv', `${header}A1,Robbery,soon,,,,,,,\n`));
    expect(nothing.code).toBe(1);
    expect(nothing.output).toContain('1 Date From, Time From "soon" on line 2');
    expect(nothing.errors).toContain('Not one row of');
    const unknown = await run('check', 'polise', file('niche.csv', police));
    expect([unknown.code, unknown.errors]).toEqual([1, expect.stringContaining('There is no profile "polise"')]);
  });

  it('takes a profile from a path, and names what is wrong in it', async () => {
    const own = { ...JSON.parse(readFileSync(join(profiles, 'police-generic.json'), 'utf8')), name: 'own' };
    const good = await run('check', file('own.json', JSON.stringify(own)), file('niche.csv', police));
    expect([good.code, good.output]).toEqual([0, expect.stringContaining('under own: 4 rows')]);
    const path = file('own.json', JSON.stringify({ ...own, country: 'fr' }));
    const bad = await run('check', path, file('niche.csv', police));
    expect([bad.code, bad.errors]).toEqual([
      1,
      expect.stringContaining(
        `${path} is not right:\n  country: Invalid option: expected one of "uk"|"any" (given: "fr")`,
      ),
    ]);
  });
});

describe('profile check of a file that does not tell how it is laid out', () => {
  it('reads it as it is told to', async () => {
    const text = 'category|occurred_from|lat|lng|a,b,c,d,e,f\nasb|2024-05-01|54.7|-1.2|x\n';
    const path = file('bars.txt', text);
    expect((await run('check', 'incidents', path)).code).toBe(1);
    const told = await run('check', 'incidents', path, '--delimiter', 'bar');
    expect([told.code, told.output]).toEqual([0, expect.stringContaining('1 rows, 1 accepted, 0 rejected')]);
  });
});

describe('profile list and schema', () => {
  it('lists the profiles of the project and one’s own, broken ones with their fault', async () => {
    mkdirSync(join(folder, 'profiles'), { recursive: true });
    writeFileSync(join(folder, 'profiles', 'ours.json'), '{');
    const { code, output } = await run('list');
    expect(code).toBe(0);
    expect(output).toContain('council-asb: Council log of anti-social behaviour');
    expect(output).toMatch(/ours: .*ours\.json is not valid JSON/);
  });

  it('prints the form of a profile', async () => {
    const { output } = await run('schema');
    expect(JSON.parse(output)).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
  });

  it('is used wrongly with exit code 2', async () => {
    const wrong = [
      [[], 'profile takes one of check, list and schema'],
      [['toString'], 'profile takes one of check, list and schema'],
      [['check', 'incidents'], 'profile check takes a profile and a file'],
      [['list', 'x'], 'profile list takes nothing more'],
      [['check', 'a', 'b', '--delimiter', 'x'], '--delimiter: "x" is not comma, semicolon, tab, bar or a single sign'],
    ] as const;
    const answers = await Promise.all(wrong.map(([words]) => run(...words)));
    answers.forEach(({ code, errors }, index) => {
      expect([code, errors]).toEqual([2, expect.stringContaining(`hotspot: ${wrong[index]![1]}`)]);
    });
  });
});
