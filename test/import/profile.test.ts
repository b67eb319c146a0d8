import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listProfiles, loadProfile } from '../../server/import/profile.ts';
import { loadTaxonomy } from '../../server/import/taxonomy.ts';
import { profiles, taxonomyFolder } from '../helpers/import-fixtures.ts';

describe('the profiles that come with the project', () => {
  test('are all valid, and name mappings and columns that exist', async () => {
    const taxonomy = await loadTaxonomy(taxonomyFolder);
    const names = await listProfiles(profiles);
    expect(names).toEqual(expect.arrayContaining(['incidents', 'police-uk-street']));
    for (const name of names) {
      const { category } = await loadProfile(profiles, name);
      if (category.mapping) expect(taxonomy.hasMapping(category.mapping)).toBe(true);
    }
  });

  test('an unknown one is answered with the names there are', async () => {
    await expect(loadProfile(profiles, 'police')).rejects.toThrow(
      /There is no profile "police"\. Choose one of: .*incidents, .*police-uk-street/,
    );
    await expect(loadProfile(profiles, '../profiles/incidents')).rejects.toThrow('There is no profile');
  });
});

describe('a profile of one’s own', () => {
  const original = JSON.parse(readFileSync(join(profiles, 'incidents.json'), 'utf8'));
  const load = async (changes: object) => {
    const folder = mkdtempSync(join(tmpdir(), 'profiles-'));
    writeFileSync(join(folder, 'own.json'), JSON.stringify({ ...original, name: 'own', ...changes }));
    return loadProfile(folder, 'own');
  };

  test.each<[changes: object, message: string]>([
    [{ colour: 'red' }, 'Unrecognized key: "colour"'],
    [{ name: 'other' }, 'calls itself "other". Name file and profile alike.'],
    [{ timeZone: 'Mars/Base' }, 'expected an IANA time zone such as Europe/London'],
    [{ category: { column: 'x' } }, 'name a mapping, or set "codes": true'],
    [{ time: { from: 'x', formats: ['DD.MM.YY'] } }, 'formats[0]'],
    [{ places: [{ system: 'osgb' }] }, 'places[0].system'],
    [{ country: 'fr' }, 'country'],
    [{ required: [''] }, 'expected the name of a column'],
  ])('%j is refused by name', async (changes, message) => {
    await expect(load(changes)).rejects.toThrow(message);
  });
});

describe('the taxonomy', () => {
  const folderWith = (name: string, change: (value: { categories: { code: string }[] }) => void) => {
    const folder = mkdtempSync(join(tmpdir(), 'taxonomy-'));
    cpSync(taxonomyFolder, folder, { recursive: true });
    const value = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    change(value);
    writeFileSync(join(folder, name), JSON.stringify(value));
    return folder;
  };

  test('knows words however they are written, and says null to others', async () => {
    const taxonomy = await loadTaxonomy(taxonomyFolder);
    expect(taxonomy.codeOf('police-uk-types', ' anti-social  Behaviour')).toBe('asb.anti-social-behaviour');
    expect(taxonomy.codeOf('police-uk-types', 'Goose theft')).toBeNull();
    expect(taxonomy.codeOf('no-such-mapping', 'Burglary')).toBeNull();
    expect(taxonomy.nameOf('violence')).toBe('Violence');
    expect([taxonomy.flagOf('Domestic'), taxonomy.flagOf('domestic abuse'), taxonomy.flagOf('x')]).toEqual([
      'domestic',
      'domestic',
      null,
    ]);
  });

  test('refuses a mapping to a code there is not', async () => {
    const folder = folderWith('mappings/police-uk-types.json', (value) =>
      Object.assign(value, { words: { Burglary: 'crime.burglry' } }),
    );
    await expect(loadTaxonomy(folder)).rejects.toThrow(
      'maps "Burglary" to crime.burglry, which categories.json does not have',
    );
  });

  test('refuses a code twice, a malformed code, and a tree without other.unmapped', async () => {
    const twice = folderWith('categories.json', ({ categories }) => categories.push(categories[0] as { code: string }));
    await expect(loadTaxonomy(twice)).rejects.toThrow('has a category code twice');
    const malformed = folderWith('categories.json', ({ categories }) => categories.push({ code: 'Bad Code' }));
    await expect(loadTaxonomy(malformed)).rejects.toThrow('expected a dotted code');
    const without = folderWith('categories.json', (value) => {
      value.categories = value.categories.filter(({ code }) => code !== 'other.unmapped');
    });
    await expect(loadTaxonomy(without)).rejects.toThrow('lacks the category other.unmapped');
  });

  test('refuses a file that is not JSON, or not there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'taxonomy-'));
    await expect(loadTaxonomy(folder)).rejects.toThrow('cannot be read. Check that it is there.');
    writeFileSync(join(folder, 'categories.json'), '{');
    await expect(loadTaxonomy(folder)).rejects.toThrow('is not valid JSON');
  });
});
