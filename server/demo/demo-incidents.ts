import { InputError } from '../errors.ts';
import { type Address, createAddressBook } from './address-book.ts';
import { getOrSet } from './get-or-set.ts';
import { createTimePicker } from './pick-time.ts';
import { isWithin, type PlannedIncident, planIncidents } from './plan-incidents.ts';
import { type DemoData, type Rhythm, readDemoData, type Theme } from './read-demo-data.ts';
import { cumulate, drawIndex, type Random, seededRandom } from './seeded-random.ts';

/** The seed of the demo that everybody sees. */
export const demoSeed = 2018;

/** One made-up incident, with the columns of our own incidents CSV. */
export type DemoIncident = {
  readonly id: string;
  readonly category: string;
  /** Local civil time, `2018-03-01T21:35`, or a day alone where no hour is known. */
  readonly occurredFrom: string;
  /** End of a from-to range, or empty. */
  readonly occurredTo: string;
  /** Null when the place is not known. */
  readonly lat: number | null;
  readonly lng: number | null;
  readonly location: string;
  readonly flags: readonly string[];
};

/** Makes up the incidents of Hartlepool in 2017 and 2018, in order of time, so that they add up to the published tables. */
export function demoIncidents(seed = demoSeed, data: DemoData = readDemoData()): readonly DemoIncident[] {
  const random = seededRandom(seed);
  const planned = planIncidents(data.targets, random);
  const fill = createFiller(data, random);
  return planned
    .map(fill)
    .sort((a, b) => compare(a.occurredFrom, b.occurredFrom))
    .map((incident, index) => ({ id: `DEMO-${String(index + 1).padStart(6, '0')}`, ...incident }));
}

function createFiller(data: DemoData, random: Random): (planned: PlannedIncident) => Omit<DemoIncident, 'id'> {
  const pickAddress = createAddressBook(data, random);
  const pickTime = createTimePicker(random);
  const themeOf = createThemeFinder(data);
  const pickRhythm = createRhythmPicker(data, random);
  return (planned) => {
    const theme = themeOf(planned);
    const address = pickAddress(planned.ward, theme);
    const rhythm = pickRhythm(theme, address);
    const time = pickTime(planned.slot, rhythm);
    const isDayOnly = random() < theme.dayOnly;
    const isUnlocated = random() < theme.unlocated;
    const isDrunken = random() < rhythm.alcohol;
    return {
      category: planned.category,
      occurredFrom: isDayOnly ? time.occurredFrom.slice(0, 10) : time.occurredFrom,
      occurredTo: isDayOnly ? '' : time.occurredTo,
      lat: isUnlocated ? null : address.lat,
      lng: isUnlocated ? null : address.lng,
      location: isUnlocated ? '' : address.location,
      flags: [...planned.flags, ...(isDrunken ? ['alcohol'] : [])].sort(),
    };
  };
}

function createThemeFinder({ rhythms }: DemoData): (planned: PlannedIncident) => Theme {
  // Which themes a category can have is asked once; flags decide between them.
  const byCategory = new Map<string, readonly Theme[]>();
  return ({ category, flags }) => {
    const themes = getOrSet(byCategory, category, () =>
      rhythms.themes.filter(({ categories }) => categories.some((code) => isWithin(category, code))),
    );
    const theme = themes.find((candidate) => candidate.flags.every((flag) => flags.includes(flag)));
    if (!theme) throw new InputError(`data/demo/rhythms.json has no theme for ${category}.`);
    return theme;
  };
}

function createRhythmPicker({ rhythms }: DemoData, random: Random): (theme: Theme, address: Address) => Rhythm {
  const byId = new Map(rhythms.rhythms.map((rhythm) => [rhythm.id, rhythm]));
  const choices = new Map<Theme['rhythms'], { rhythms: readonly Rhythm[]; cumulative: readonly number[] }>();
  const choicesOf = (weights: Theme['rhythms']) => ({
    cumulative: cumulate(Object.values(weights)),
    rhythms: Object.keys(weights).map((id) => {
      const rhythm = byId.get(id);
      if (!rhythm) throw new InputError(`data/demo/rhythms.json has no rhythm ${id}.`);
      return rhythm;
    }),
  });
  return (theme, address) => {
    const weights = address.place?.rhythms[theme.theme] ?? theme.rhythms;
    const choice = getOrSet(choices, weights, () => choicesOf(weights));
    return choice.rhythms[drawIndex(choice.cumulative, random)] as Rhythm;
  };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
