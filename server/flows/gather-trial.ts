import type { ParsedBatch, ParsedIncident } from '../import/parse-incidents.ts';
import type { Reject } from '../import/reject.ts';
import type { PlacedCounts, Trial } from '../import-model.ts';

type Problem = Trial['problems'][number];
type Point = Trial['points'][number];

/** Different problems told apart, and points put on the preview's map. */
const mostProblems = 500;
const mostPoints = 2_000;

/** What a trial run counts, batch by batch. */
export type Gathered = Pick<Trial, 'placed' | 'problems' | 'firstDay' | 'lastDay' | 'points'>;

/** Starts the counts of a trial run; memory stays flat however many rows are added. */
export function gatherTrial(): { add: (batch: ParsedBatch) => void; result: () => Gathered } {
  const placed: PlacedCounts = { coordinates: 0, postcode: 0, street: 0, areaOnly: 0, none: 0 };
  const problems = new Map<string, Problem>();
  const points = samplePoints();
  let [firstDay, lastDay]: [string | null, string | null] = [null, null];

  function addIncident(incident: ParsedIncident): void {
    placed[incident.placedBy === 'area only' ? 'areaOnly' : (incident.placedBy ?? 'none')]++;
    const { lat, lng, occurredFrom, precision } = incident;
    if (lat !== null && lng !== null) points.add([lng, lat]);
    const day = occurredFrom.slice(0, 10);
    if (firstDay === null || day < firstDay) firstDay = day;
    const last = precision === 'month' ? endOfMonth(day) : day;
    if (lastDay === null || last > lastDay) lastDay = last;
  }

  return {
    add: (batch) => {
      batch.incidents.forEach(addIncident);
      for (const reject of batch.rejects) addProblem(problems, reject);
    },
    result: () => ({
      placed,
      problems: [...problems.values()].sort((a, b) => b.count - a.count || a.firstLine - b.firstLine),
      firstDay,
      lastDay,
      points: points.all(),
    }),
  };
}

/** Reasons that differ only in a number are one problem: it is told by its first row. */
function addProblem(problems: Map<string, Problem>, { line, column, value, reason }: Reject): void {
  const key = `${column}\n${reason.replaceAll(/\d+/g, '9')}`;
  const known = problems.get(key);
  if (known) known.count++;
  else if (problems.size < mostProblems) {
    problems.set(key, { column, reason, count: 1, firstLine: line, firstValue: value });
  } else addProblem(problems, { line, column: '', value, reason: 'other problems', row: [] });
}

/** Points evenly over the file: whenever there are too many, every second goes and only every second comes in. */
function samplePoints() {
  let points: Point[] = [];
  let [seen, step] = [0, 1];
  return {
    add: (point: Point) => {
      if (seen++ % step !== 0) return;
      points.push(point);
      if (points.length <= mostPoints) return;
      points = points.filter((_, index) => index % 2 === 0);
      step *= 2;
    },
    all: () => points.slice(0, mostPoints),
  };
}

function endOfMonth(day: string): string {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).toISOString().slice(0, 10);
}
