import { describe, expect, test } from 'vitest';
import { vintageLabel, vintageName, vintageNoun } from '../../client/layer-names.ts';
import { conditionsOf } from '../../client/panels/filter-conditions.ts';
import { defaultView } from '../../client/view.ts';
import { changeOfLayer, changeOfVintage, type HeldVintage, vintageInUse, vintagesOf } from '../../client/vintages.ts';
import type { Catalog } from '../../server/model.ts';

const bbox: [number, number, number, number] = [0, 0, 0, 0];
const vintage = (layer: string, validFrom: string | null, codes: readonly string[]): HeldVintage => ({
  layer,
  validFrom,
  attribution: '',
  areas: codes.map((code) => ({ code, name: `${code} of ${validFrom?.slice(0, 4)}`, bbox })),
});
// as the service lists them: oldest first
const old = vintage('ward', '2013-12-01', ['A', 'B']);
const newest = vintage('ward', '2025-01-01', ['B', 'C']);
const lsoas = vintage('lsoa', '2021-01-01', ['L']);
const catalog = { layers: [lsoas, old, newest], categories: [], flags: [] } as unknown as Catalog;
const ward = (code: string) => ({ layer: 'ward', code });

describe('vintages of a layer', () => {
  test('come newest first, and the newest is in use unless another that is held is asked for', () => {
    expect(vintagesOf(catalog, 'ward')).toEqual([newest, old]);
    expect(vintageInUse(catalog, 'ward', null)).toBe(newest);
    expect(vintageInUse(catalog, 'ward', '2013-12-01')).toBe(old);
    expect(vintageInUse(catalog, 'ward', '1999-01-01')).toBe(newest);
    expect(vintageInUse(catalog, 'parish', null)).toBeUndefined();
  });

  test('are called by what is known of their date', () => {
    expect([old, newest, lsoas, vintage('beat', null, [])].map(vintageName)).toEqual([
      'wards of December 2013',
      'wards of 2025',
      'LSOAs of 2021',
      'undated beats',
    ]);
    expect(vintageName({ layer: 'town-centre', validFrom: '2023-05-04' })).toBe('town-centre areas of 4 May 2023');
    expect([vintageNoun(newest), vintageLabel(newest)]).toEqual(['ward of 2025', '2025']);
    const undated = { layer: 'beat', validFrom: null };
    expect([vintageNoun(undated), vintageLabel(undated)]).toEqual(['undated beat', 'undated']);
  });
});

describe('a change of boundaries', () => {
  const view = {
    ...defaultView,
    filter: { areas: [ward('B'), ward('C'), { layer: 'lsoa', code: 'L' }] },
    place: { kind: 'area' as const, ...ward('C') },
  };

  test('lets go of chosen areas that are none of them, and of a selected one', () => {
    expect(changeOfVintage(view, old, newest)).toEqual({
      vintage: '2013-12-01',
      filter: { areas: [ward('B'), { layer: 'lsoa', code: 'L' }].sort((a, b) => (a.layer < b.layer ? -1 : 1)) },
      place: null,
    });
    const onlyC = { ...view, filter: { areas: [ward('C')] } };
    expect(changeOfVintage(onlyC, old, newest).filter).toEqual({});
  });

  test('to the newest needs no word in the URL', () => {
    expect(changeOfVintage(view, newest, newest)).toMatchObject({ vintage: null, place: view.place });
  });

  test('of layer begins with its newest, and keeps chosen areas only where they mean the same', () => {
    expect(changeOfLayer(view, 'lsoa')).toEqual({ layer: 'lsoa', vintage: null });
    expect(changeOfLayer({ ...view, vintage: '2013-12-01' }, 'lsoa')).toEqual({
      layer: 'lsoa',
      vintage: null,
      filter: { areas: [{ layer: 'lsoa', code: 'L' }] },
    });
    expect(changeOfLayer({ ...view, vintage: '2013-12-01' }, 'ward')).toEqual({});
  });
});

describe('chosen areas in words', () => {
  const words = (codes: readonly string[], inUse?: HeldVintage) =>
    conditionsOf({ areas: codes.map(ward) }, catalog, inUse).map(({ text }) => text);

  test('have the names of the boundaries in use, which are named unless they are the newest', () => {
    expect(words(['B'], newest)).toEqual(['B of 2025']);
    expect(words(['B'])).toEqual(['B of 2025']);
    expect(words(['B'], old)).toEqual(['B of 2013 (wards of December 2013)']);
    expect(words(['A', 'B', 'C'], old)).toEqual(['3 wards of December 2013']);
    expect(words(['B'], lsoas)).toEqual(['B of 2025']);
  });
});
