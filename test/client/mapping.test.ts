import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  emptyPlace,
  isFilledIn,
  mappingFromProfile,
  profileFromMapping,
  profileName,
  savedProfile,
} from '../../client/imports/mapping.ts';
import { mappingGaps } from '../../client/imports/mapping-gaps.ts';
import { profileSchema as shown } from '../../client/imports/profile-shape.ts';
import { profilesFolder } from '../../server/folders.ts';
import { type Profile, profileSchema } from '../../server/import/profile.ts';

const builtIn = readdirSync(profilesFolder)
  .filter((name) => name.endsWith('.json') && !name.includes('schema'))
  .map((name) => [name, JSON.parse(readFileSync(join(profilesFolder, name), 'utf8')) as Profile] as const);

const proposal = shown.parse({
  name: 'asb',
  title: 'ASB log',
  source: 'Council',
  attribution: '',
  required: ['Type'],
  country: 'uk',
  timeZone: 'Europe/London',
  covers: 'any',
  category: { column: 'Type', codes: false, words: {} },
  time: { from: ['Date', 'Time'], formats: ['DD/MM/YYYY HH:MM'], midnight: 'day' },
  places: [{ system: 'area', layer: 'ward', column: 'Ward', within: 'District' }],
  identity: { also: ['Officer'] },
});

describe('a mapping and its profile', () => {
  test.each(builtIn)('the page can show %s and gives back what it was shown', (_, profile) => {
    const whole = shown.parse(profile);
    const { required: _required, ...back } = profileFromMapping(whole, mappingFromProfile(whole));
    const parsed = profileSchema.parse({ ...back, required: profile.required });
    expect(parsed).toEqual(profileSchema.parse(profile));
  });

  test('what the page does not show stays as it was', () => {
    const made = profileFromMapping(proposal, { ...mappingFromProfile(proposal), from: ['Date'] });
    expect(made.time).toEqual({ from: 'Date', formats: ['DD/MM/YYYY HH:MM'], midnight: 'day' });
    expect(made.covers).toBe('any');
    expect(made.identity).toEqual({ also: ['Officer'] });
    expect(made.places).toEqual([{ system: 'area', layer: 'ward', column: 'Ward', within: 'District' }]);
  });

  test('what is filled in on the page is a profile the service takes', () => {
    const made = profileFromMapping(proposal, {
      ...mappingFromProfile(proposal),
      to: ['Until'],
      id: ['Ref'],
      flags: 'Marks',
      separator: ',',
      location: ['Street', 'Town'],
      ukOnly: false,
      places: [
        { ...emptyPlace('wgs84'), first: ['Lat'], second: 'Lng' },
        { ...emptyPlace('postcode'), first: ['Postcode'] },
        { ...emptyPlace('street'), first: ['No', 'Street'], town: ' Hartlepool ' },
        emptyPlace('bng'),
      ],
    });
    const parsed = profileSchema.parse(made);
    expect(parsed.country).toBe('any');
    expect(parsed.places).toEqual([
      { system: 'wgs84', lat: 'Lat', lng: 'Lng' },
      { system: 'postcode', column: 'Postcode' },
      { system: 'street', column: ['No', 'Street'], town: 'Hartlepool' },
    ]);
    expect(parsed.time.to).toBe('Until');
    expect(parsed.flags).toEqual({ column: 'Marks', separator: ',' });
    expect(parsed.required).toEqual(['Type', 'Date', 'Time', 'Lat', 'Lng', 'Ref']);
  });

  test('a file of one kind of incident has a category and no column for it', () => {
    const made = profileFromMapping(proposal, { ...mappingFromProfile(proposal), category: [], constant: 'asb' });
    expect(profileSchema.parse(made).category).toMatchObject({ constant: 'asb' });
    expect(made.category).not.toHaveProperty('column');
  });

  test('a profile that is saved carries the words mapped by hand and a name of its title', () => {
    const saved = savedProfile(proposal, { 'Noisy neighbours': 'asb.nuisance' }, ' Hartlepool: ASB log, Café ');
    expect(saved).toMatchObject({ name: 'hartlepool-asb-log-cafe', title: 'Hartlepool: ASB log, Café' });
    expect(profileSchema.parse(saved).category.words).toEqual({ 'Noisy neighbours': 'asb.nuisance' });
    expect(profileName(' – ')).toBe('');
  });
});

describe('what a mapping lacks', () => {
  const columns = ['Type', 'Date', 'Time', 'Ward', 'District', 'Lat'];
  const mapping = mappingFromProfile(proposal);

  test('is nothing when what, when, where and whose are given', () => {
    expect(mappingGaps(mapping, columns)).toEqual({});
  });

  test('is said field by field', () => {
    const empty = { ...mapping, source: ' ', category: [], from: [], places: [] };
    expect(Object.keys(mappingGaps(empty, columns)).sort()).toEqual(['category', 'from', 'places', 'source']);
    expect(mappingGaps({ ...mapping, formats: [] }, columns)).toHaveProperty('formats');
  });

  test('is the other half of a pair of coordinates', () => {
    const half = { ...emptyPlace('wgs84'), first: ['Lat'] };
    expect(isFilledIn(half)).toBe(false);
    expect(mappingGaps({ ...mapping, places: [half] }, columns).places).toContain('two columns');
  });

  test('is a column the profile names and the file has not', () => {
    expect(mappingGaps({ ...mapping, from: ['When'] }, columns).from).toContain('no column “When”');
  });
});
