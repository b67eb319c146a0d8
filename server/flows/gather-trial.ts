import { detach } from '../import/create-tally.ts';
import { joinCells } from '../import/join-cells.ts';
import type { ParsedBatch, ParsedIncident } from '../import/parse-incidents.ts';
import type { Profile } from '../import/profile.ts';
import type { Row, Rows } from '../import/rows.ts';
import { unmappedCategory } from '../import/taxonomy.ts';
import type { PlacedCounts, Trial } from '../import-model.ts';
import { createRandom } from '../statistics/random.ts';
import { gatherDates } from './gather-dates.ts';
import { gatherProblems } from './gather-problems.ts';

/** What a trial run notes while the rows go by. */
export type TrialNotes = {
  /** The same rows, watched. */
  readonly rows: Rows;
  readonly add: (batch: ParsedBatch) => void;
  readonly result: () => Trial;
};

/** Points shown on the map of a trial run. */
const mostPoints = 2_000;
const mostWords = 1_000;

/** Notes what a trial run tells: words and dates as the file has them, places, and all problems in groups. */
export function gatherTrial(rows: Rows, profile: Profile): TrialNotes {
  const words = gatherWords();
  const dates = gatherDates(profile);
  const problems = gatherProblems();
  const points = samplePoints();
  const placed: PlacedCounts = { coordinates: 0, postcode: 0, street: 0, areaOnly: 0, none: 0 };
  const wordOf = joinCells(rows.header, profile.category.column ?? []);
  const fromOf = joinCells(rows.header, profile.time.from);
  const toOf = joinCells(rows.header, profile.time.to ?? []);
  // what the file says, of the rows that are on their way to become incidents
  const given = new Map<number, { word: string; from: string; to: string }>();
  let [rowsRead, accepted, rejected]: [number, number, number] = [0, 0, 0];
  let days: [string, string] | null = null;

  async function* watched(): AsyncGenerator<readonly Row[]> {
    for await (const batch of rows.batches) {
      for (const { line, fields } of batch) {
        given.set(line, { word: wordOf(fields), from: fromOf(fields), to: toOf(fields) });
      }
      yield batch;
    }
  }

  function addIncident(incident: ParsedIncident): void {
    const said = given.get(incident.line);
    if (said) {
      words.add(said.word, incident.category);
      dates.add(said.from, said.to, incident);
      given.delete(incident.line);
    }
    placed[placedKey(incident)]++;
    if (incident.lat !== null && incident.lng !== null) points.add(incident.lng, incident.lat);
    days = extend(days, incident);
  }

  return {
    rows: { ...rows, batches: watched() },
    add(batch) {
      rowsRead = batch.rowsRead;
      accepted += batch.incidents.length;
      rejected += batch.rejects.length;
      for (const incident of batch.incidents) addIncident(incident);
      for (const reject of batch.rejects) {
        problems.add(reject);
        dates.addProblem(reject);
        const said = given.get(reject.line);
        if (said) words.add(said.word, null);
        given.delete(reject.line);
      }
    },
    result: () => ({
      rowsRead,
      accepted,
      rejected,
      placed,
      problems: problems.result(),
      words: words.result(),
      dates: dates.result(),
      firstDay: days?.[0] ?? null,
      lastDay: days?.[1] ?? null,
      points: points.result(),
    }),
  };
}

function placedKey({ placedBy }: ParsedIncident): keyof PlacedCounts {
  return placedBy === null ? 'none' : placedBy === 'area only' ? 'areaOnly' : placedBy;
}

function extend(days: [string, string] | null, { occurredFrom, occurredTo }: ParsedIncident): [string, string] {
  const [first, last] = [occurredFrom.slice(0, 10), (occurredTo ?? occurredFrom).slice(0, 10)];
  if (days === null) return [first, last];
  return [first < days[0] ? first : days[0], last > days[1] ? last : days[1]];
}

/** Category words with counts; rows that are rejected for another reason count too, since they are to be corrected. */
function gatherWords() {
  const found = new Map<string, { count: number; code: string | null }>();
  return {
    add(word: string, category: string | null): void {
      if (word === '') return;
      const code = category === unmappedCategory ? null : category;
      const known = found.get(word);
      if (known) {
        known.count++;
        known.code ??= code;
      } else if (found.size < mostWords) found.set(detach(word), { count: 1, code });
    },
    result: () =>
      [...found].map(([word, { count, code }]) => ({ word, count, code })).sort((a, b) => b.count - a.count),
  };
}

/** An even sample of all points in one pass: algorithm R, with a seed, so that a trial shows the same map twice. */
function samplePoints() {
  const random = createRandom(1);
  const sample: [number, number][] = [];
  let seen = 0;
  const rounded = (degrees: number) => Math.round(degrees * 1e5) / 1e5;
  return {
    add(lng: number, lat: number): void {
      const at = seen < mostPoints ? seen : random.below(seen + 1);
      seen++;
      if (at < mostPoints) sample[at] = [rounded(lng), rounded(lat)];
    },
    result: () => sample,
  };
}
