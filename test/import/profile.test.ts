import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../server/errors.ts';
import { checkCodes } from '../../server/import/check-codes.ts';
import { keepOwnProfiles } from '../../server/import/own-profiles.ts';
import { parseProfile } from '../../server/import/parse-profile.ts';
import { listProfiles, loadProfile, profileSchema } from '../../server/import/profile.ts';
import { profileJsonSchema } from '../../server/import/profile-json-schema.ts';
import { loadTaxonomy } from '../../server/import/taxonomy.ts';
import { parse, profiles, taxonomy, taxonomyFolder } from '../helpers/import-fixtures.ts';

describe('the profiles that come with the project', () => {
  test('are all valid, and name categories, flags and mappings that exist', async () => {
    const names = await listProfiles(profiles);
    expect(names).toEqual([
      'council-asb',
      'fire-irs-avon',
      'fire-irs-london',
      'incidents',
      'police-generic',
      'police-uk-street',
      'stop-and-search',
    ]);
    for (const name of names) {
      const profile = await loadProfile(profiles, name);
      expect(() => checkCodes(profile, taxonomy)).not.toThrow();
      expect(profile.about).not.toBe('');
    }
  });

  test('an unknown one is answered with the names there are', async () => {
    await expect(loadProfile(profiles, 'police')).rejects.toThrow(
      /There is no profile "police"\. Choose one of: .*incidents, .*police-uk-street/,
    );
    await expect(loadProfile(profiles, '../profiles/incidents')).rejects.toThrow('There is no profile');
  });

  test('are described by a JSON Schema that is up to date and explains every property', () => {
    const text = readFileSync(join(profiles, 'profile.schema.json'), 'utf8');
    expect(text, 'run npm run docs').toBe(profileJsonSchema());
    expect(undescribed(JSON.parse(text), '')).toEqual([]);
    expect(JSON.parse(text).$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  });
});

type Schema = Readonly<Record<string, unknown>>;

/** The properties of a JSON Schema that have no description. */
function undescribed(schema: Schema, path: string): string[] {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  const variants = [schema.anyOf, schema.oneOf, schema.items].flat().filter((inner) => inner !== undefined) as Schema[];
  return [
    ...properties.filter(([, inner]) => inner.description === undefined).map(([name]) => `${path}.${name}`),
    ...properties.flatMap(([name, inner]) => undescribed(inner, `${path}.${name}`)),
    ...variants.flatMap((inner) => undescribed(inner, path)),
  ];
}

const original = JSON.parse(readFileSync(join(profiles, 'incidents.json'), 'utf8'));
const newFolder = () => mkdtempSync(join(tmpdir(), 'profiles-'));

describe('a profile of one’s own', () => {
  const load = async (changes: object) => {
    const folder = newFolder();
    writeFileSync(join(folder, 'own.json'), JSON.stringify({ ...original, name: 'own', ...changes }));
    return loadProfile([profiles, folder], 'own');
  };

  test('is found beside those of the project, or by its path', async () => {
    const folder = newFolder();
    const path = join(folder, 'own.json');
    writeFileSync(path, JSON.stringify({ ...original, name: 'own', title: 'Own' }));
    expect((await loadProfile([profiles, folder], 'own')).title).toBe('Own');
    expect((await loadProfile(profiles, path)).title).toBe('Own');
    expect(await listProfiles([profiles, folder, join(folder, 'not-there')])).toContain('own');
    await expect(loadProfile(profiles, join(folder, 'gone.json'))).rejects.toThrow('gone.json cannot be read');
  });

  test('does not take the place of one that comes with the project', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'incidents.json'), JSON.stringify({ ...original, title: 'Mine' }));
    expect((await loadProfile([profiles, folder], 'incidents')).title).toBe('Incidents as CSV');
  });

  const when = { kind: 'x' };
  test.each<[changes: object, message: string]>([
    [{ colour: 'red' }, 'the profile: Unrecognized key: "colour"'],
    [{ name: 'other' }, 'calls itself "other". Name file and profile alike.'],
    [{ timeZone: 'Mars/Base' }, 'expected an IANA time zone such as Europe/London (given: "Mars/Base")'],
    [{ category: { column: 'x' } }, 'category: name a mapping, or set "codes": true'],
    [{ category: { codes: true } }, 'category: name a column or a constant'],
    [{ category: { column: 'x', constant: 'asb' } }, 'category: name a column or a constant'],
    [{ category: { constant: 'Bad Code' } }, 'category.constant: expected a dotted code (given: "Bad Code")'],
    [{ category: { column: 'x', words: { y: 'Y' } } }, 'category.words.y: expected a dotted code (given: "Y")'],
    [{ category: { column: 'x', rules: [{ when: {}, code: 'asb' }] } }, 'category.rules[0].when: name at least one'],
    [
      { category: { column: 'x', rules: [{ when: { a: 3 }, code: 'asb' }] } },
      'category.rules[0].when.a: Invalid input',
    ],
    [{ time: { from: 'x', formats: ['DD.MM.YY'] } }, 'time.formats[0]: Invalid option: expected one of "YYYY-MM"'],
    [{ time: { from: 'x', formats: ['DD.MM.YY'] } }, '(given: "DD.MM.YY")'],
    [{ time: { from: 'x', formats: ['DD/MM/YYYY', 'MM/DD/YYYY HH'] } }, 'cannot be told apart in one file'],
    [{ time: { from: [], formats: ['YYYY'] } }, 'time.from: Too small'],
    [{ places: [{ system: 'osgb' }] }, 'places[0].system'],
    [{ places: [{ system: 'area', column: 'Ward' }] }, 'places[0].layer'],
    [{ places: [{ system: 'bng', easting: 'x', northing: 'y', withinMetres: -1 }] }, 'places[0].withinMetres'],
    [{ flags: {} }, 'flags: name a column, or give rules'],
    [{ flags: { rules: [{ when, flag: 'Bad Flag' }] } }, 'flags.rules[0].flag'],
    [{ country: 'fr' }, 'country: Invalid option: expected one of "uk"|"any" (given: "fr")'],
    [{ required: [''] }, 'required[0]: expected the name of a column (given: "")'],
  ])('%j is refused by name', async (changes, message) => {
    await expect(load(changes)).rejects.toThrow(message);
  });

  test.each<[changes: object, message: string]>([
    [
      { category: { constant: 'asb.noise' } },
      'category.constant: there is no category "asb.noise"; choose one such as asb',
    ],
    [{ category: { column: 'x', words: { y: 'zoo' } } }, 'category.words["y"]: there is no category "zoo"; choose one'],
    [{ category: { column: 'x', otherwise: 'zoo' } }, 'category.otherwise: there is no category "zoo"'],
    [{ category: { column: 'x', rules: [{ when, code: 'fire.x' }] } }, 'category.rules[0].code: there is no category'],
    [
      { category: { column: 'x', mapping: 'zoo' } },
      'category.mapping: there is no file data/taxonomy/mappings/zoo.json',
    ],
    [
      { flags: { rules: [{ when, flag: 'zoo' }] } },
      'flags.rules[0].flag: there is no flag "zoo"; choose one of alcohol',
    ],
  ])('%j is refused before a row is read', async (changes, message) => {
    const text = 'category,occurred_from,lat,lng,x,kind\nviolence,2024-05-01,,,x,x\n';
    await expect(parse({ text }, await load(changes))).rejects.toThrow(message);
  });
});

describe('any JSON at all', () => {
  const parts = [original, JSON.parse(readFileSync(join(profiles, 'fire-irs-avon.json'), 'utf8'))];

  // as JSON.parse does it, for which __proto__ is a name like others
  const set = (object: object, name: string, value: unknown) =>
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });

  test('is a profile, or refused with a sentence', () => {
    const anything = fc.oneof(fc.jsonValue(), fc.constantFrom('', 0, null, [], {}, 'x*', -1, '__proto__'));
    const key = fc.constantFrom(...Object.keys(parts[0]), 'rules', 'when', 'column', 'system', '__proto__', 'toString');
    fc.assert(
      fc.property(
        fc.constantFrom(...parts),
        fc.array(fc.tuple(key, key, anything), { maxLength: 3 }),
        (part, changes) => {
          const value = structuredClone(part);
          for (const [first, second, changed] of changes) {
            const inner = Object.hasOwn(value, first) ? value[first] : null;
            set(inner && typeof inner === 'object' ? inner : value, second, changed);
          }
          try {
            expect(parseProfile(profileSchema, value, 'x.json').name).toMatch(/^[a-z0-9-]+$/);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
            expect((error as Error).message).toMatch(/^x\.json is not right:\n {2}\S.*: \S/);
          }
        },
      ),
      { numRuns: 500, seed: 5 },
    );
  });
});

describe('saving a profile', () => {
  const own = { ...original, name: 'own' };

  test('writes it whole, so that it is found and says the same', async () => {
    const folder = join(newFolder(), 'profiles');
    const kept = keepOwnProfiles(profiles, folder, taxonomy);
    const saved = await kept.save('own', own);
    expect(await kept.find('own')).toEqual(saved);
    expect(await loadProfile(profiles, join(folder, 'own.json'))).toEqual(saved);
    await kept.save('own', { ...own, title: 'Second' });
    expect((await loadProfile(folder, 'own')).title).toBe('Second');
    expect(readdirSync(folder)).toEqual(['own.json']);
  });

  test.each([
    [{ ...own, name: 'incidents' }, 'The profile incidents comes with the project and stays as it is'],
    [{ ...own, name: '../own' }, '"../own" cannot be the name of a profile; use lower-case words joined by hyphens'],
    [{ ...own, name: 'x'.repeat(81) }, 'cannot be the name of a profile'],
    [{ ...own, country: 'fr' }, 'country: Invalid option'],
  ])('refuses what could not be read again', async (profile, message) => {
    const folder = newFolder();
    await expect(keepOwnProfiles(profiles, folder, taxonomy).save(profile.name, profile)).rejects.toThrow(message);
    expect(readdirSync(folder)).toEqual([]);
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

  test('knows words however they are written, and says null to others', () => {
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
