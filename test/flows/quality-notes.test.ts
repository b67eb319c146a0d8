import { describe, expect, it } from 'vitest';
import type { Oddities } from '../../server/flows/gather-quality.ts';
import { qualityNotes } from '../../server/flows/quality-notes.ts';
import type { ImportSummary, Quality } from '../../server/import-model.ts';

const flawless: Omit<Quality, 'notes'> = {
  source: 'police',
  import: null,
  incidents: 1000,
  completeness: [{ column: 'id', filled: 1000, rows: 1000 }],
  timePrecision: { minute: 1000, hour: 0, day: 0, month: 0, ranges: 0 },
  placed: { coordinates: 1000, postcode: 0, street: 0, areaOnly: 0, none: 0 },
  placePrecision: [{ metres: null, incidents: 1000 }],
  hitRate: 1,
  acceptableHitRate: 0.85,
  masked: 0,
  stacked: { points: 900, topTen: 30, share: 0.03, places: [{ location: 'High Street', incidents: 5 }] },
  duplicates: { sameContent: 0, repeatedIds: 0 },
  months: [{ month: '2023-01', incidents: 1000, missing: false, usual: null, sudden: false }],
  unmapped: [],
  areas: null,
};
const taken: ImportSummary = {
  id: 7,
  source: 'police',
  fileName: 'may.csv',
  finishedAt: '2024-05-03T10:00:00.000Z',
  rowsRead: 1000,
  accepted: 1000,
  added: 1000,
  changed: 0,
  unchanged: 0,
  rejected: 0,
  unlocated: 0,
  removedAt: null,
};
const month = (name: string, incidents: number, usual: number | null = null, sudden = false) => ({
  month: name,
  incidents,
  missing: incidents === 0,
  usual,
  sudden,
});
const nothingOdd: Oddities = { unobserved: 0, notFound: [], outsideMonth: 0, midnightFiles: 0 };
const notes = (more: Partial<Quality>, odd: Partial<Oddities> = {}) =>
  qualityNotes({ ...flawless, ...more }, { ...nothingOdd, ...odd });
const placedBy = (points: number, none: number, areaOnly = 0) => ({
  incidents: points + none + areaOnly,
  hitRate: points / (points + none + areaOnly),
  placed: { ...flawless.placed, coordinates: points, none, areaOnly },
});

describe('the notes of a quality report', () => {
  it('of flawless data say only how many have a point', () => {
    expect(notes({})).toEqual([
      "1,000 of 1,000 incidents have a point, 100 %: at least the 85 % that is the field's first estimate of what a map needs (Ratcliffe 2004).",
    ]);
  });

  it('name a run of missing months as the gap it is', () => {
    const quarter = ['2022-04', '2022-05', '2022-06'].map((name) => month(name, 0));
    const around = (middle: Quality['months']) => [month('2022-03', 500), ...middle, month('2022-07', 500)];
    expect(notes({ months: around(quarter) })[0]).toBe(
      'The three months 2022-04 to 2022-06 are missing: they are gaps, not zeros.',
    );
    expect(notes({ months: around([quarter[0]!, month('2022-05', 3), quarter[2]!]) })[0]).toBe(
      'Two months are missing: 2022-04, 2022-06. They are gaps, not zeros.',
    );
    expect(notes({ months: around(quarter.slice(0, 1)) })[0]).toBe(
      'The month 2022-04 is missing: it is a gap, not a zero.',
    );
  });

  it('set the hit rate against the limit, and say when the sample is small', () => {
    expect(notes(placedBy(840, 160))[0]).toBe(
      "840 of 1,000 incidents have a point, 84 %: below the 85 % that is the field's first estimate of what a map needs (Ratcliffe 2004), so hot spots may be where places were found, not where most happened.",
    );
    expect(notes(placedBy(10, 10))[0]).toContain('Of so few incidents, one more or less moves it by 5.0 %.');
    expect(notes(placedBy(0, 0, 344))[0]).toBe(
      'None of the 344 incidents has a point. All are known by their area: they count there and stand on no map of hexagons.',
    );
  });

  it('ask about a month that differs, and reckon with a last month that is not over', () => {
    const months = [month('2023-01', 700, 700), month('2023-02', 2100, 690, true), month('2023-03', 90, 700, true)];
    const [first, second] = notes({ months });
    expect(first).toBe(
      '2023-03 has 90 incidents where 700 would be usual: the file may hold only a part of this month.',
    );
    expect(second).toMatch(/^2023-02 has 2,100 incidents where 690 would be usual: were rows sent twice/);
  });

  it('tell copies without an id from repeated ids', () => {
    const found = notes({ duplicates: { sameContent: 70, repeatedIds: 1 } });
    expect(found[0]).toMatch(/^7\.0 % of the incidents \(70\) equal another .* kept as separate incidents/);
    expect(found[1]).toMatch(/^One row repeats an id/);
  });

  it('name the words that nothing maps', () => {
    expect(
      notes({
        unmapped: [
          { word: 'fly posting', incidents: 30 },
          { word: 'x', incidents: 1 },
        ],
      })[0],
    ).toBe(
      '2 category words are not mapped, most often "fly posting": 31 rows (3.1 %) are of other.unmapped. Map them and import the file again.',
    );
  });

  it('warn of points that stand in for places only when there are points enough to tell', () => {
    const stacked = { points: 200, topTen: 400, share: 0.4, places: [{ location: 'Police station', incidents: 300 }] };
    expect(notes({ stacked })[0]).toMatch(
      /^40 % of the incidents with a point stand on ten of 200 points; 300 on the commonest, "Police station"/,
    );
    expect(notes({ stacked: { ...stacked, points: 12 } })).toHaveLength(1);
  });

  it('come the gravest first', () => {
    const all = notes(
      {
        ...placedBy(500, 500),
        import: { ...taken, rowsRead: 1100, rejected: 100, unchanged: 600, added: 400, removedAt: null },
        months: [month('2022-03', 500), month('2022-04', 0), month('2022-05', 500)],
        unmapped: [{ word: 'x', incidents: 1 }],
        masked: 12,
        duplicates: { sameContent: 5, repeatedIds: 2 },
        timePrecision: { minute: 0, hour: 0, day: 400, month: 600, ranges: 0 },
        completeness: [{ column: 'Context', filled: 0, rows: 1000 }],
        areas: { layer: 'ward', validFrom: '2025-05-01', previousImport: null, rows: [], none: 501 },
      },
      { unobserved: 1, notFound: [{ column: 'Postcode', rows: 9 }], outsideMonth: 3, midnightFiles: 1 },
    );
    expect(
      all.map(
        (note) =>
          /reject|missing|Ratcliffe|mapped|not found|masked|outside|equal|repeat|month only|day only|lie in no ward|filled in|held already|made before/.exec(
            note,
          )?.[0],
      ),
    ).toEqual([
      'reject',
      'missing',
      'Ratcliffe',
      'mapped',
      'not found',
      'masked',
      'outside',
      'equal',
      'repeat',
      'month only',
      'day only',
      'lie in no ward',
      'filled in',
      'held already',
      'made before',
    ]);
  });

  it('open with the undoing of an import that was undone, and with the refusal of one that brought nothing', () => {
    expect(notes({ import: { ...taken, removedAt: '2024-05-04T09:00:00.000Z' } })[0]).toContain('undone on 2024-05-04');
    const none = {
      ...placedBy(0, 0),
      hitRate: null,
      import: { ...taken, rowsRead: 12, accepted: 0, added: 0, rejected: 12 },
    };
    expect(notes(none)).toEqual(['Nothing was taken in: all 12 rows were rejected.']);
  });
});
