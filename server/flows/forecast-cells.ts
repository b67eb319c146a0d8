import type { Forecast } from '../analyses-model.ts';
import { addMonths } from '../count/calendar.ts';
import type { AreaLayer } from '../count/columns.ts';
import { filterKey } from '../count/parse-filter.ts';
import { InputError } from '../errors.ts';
import type { Filter } from '../model.ts';
import type { Database } from '../store/database.ts';
import { inThread, task } from '../threads.ts';
import { bandwidthOf } from './cell-measures.ts';
import { countByPeriod } from './count-periods.ts';
import { describeStudy } from './describe-study.ts';
import type { forecastOfCells, RankedForecast } from './forecast-work.ts';
import type { Holdings } from './load-holdings.ts';
import { gapNotes, type MonthSpan, monthSpans, sourceSpanNotes } from './month-spans.ts';
import { recommendMethod } from './recommend-method.ts';
import { remember } from './remember.ts';
import { type Study, studyArea, sumEach } from './study-area.ts';
import { sourceNotes } from './study-notes.ts';
import { whole } from './wording.ts';

export type ForecastQuestion = {
  readonly holdOut: number;
  /** Months learned from for each forecast; undefined: all before it. */
  readonly window: number | undefined;
  readonly halfLife: number;
  readonly bandwidth: number | undefined;
  /** Share of the cells at which methods are compared. */
  readonly coverage: number;
  /** Cells listed for each method. */
  readonly top: number;
};

const usualCoverages = [0.01, 0.02, 0.05, 0.1];
/** Cells times months: beyond it the copies that threads are handed take gigabytes. */
const mostValues = 20_000_000;
const forecastTask = task<typeof forecastOfCells>(new URL('./forecast-work.ts', import.meta.url), 'forecastOfCells');

/** Next month's ranking of cells by each method, and how each would have done on the last months. */
export function forecastCells(
  database: Database,
  holdings: Holdings,
  filter: Filter,
  layer: AreaLayer | null,
  resolution: number,
  question: ForecastQuestion,
): Promise<Forecast> {
  const key = `forecast ${filterKey(filter)} ${layer?.layer} ${layer?.validFrom} ${resolution} ${JSON.stringify(question)}`;
  return remember(holdings, key, () => make(database, holdings, filter, layer, resolution, question));
}

async function make(
  database: Database,
  holdings: Holdings,
  filter: Filter,
  layer: AreaLayer | null,
  resolution: number,
  question: ForecastQuestion,
): Promise<Forecast> {
  const spans = monthSpans(holdings, filter);
  const months = spans.filter(({ held, partial }) => held && !partial);
  const byMonth = await countByPeriod(holdings, filter, months);
  const study = await studyArea(database, holdings, filter, layer, resolution, byMonth);
  refuseTooMuch(study.keys.length, months.length);
  const periods = await sumEach(holdings, study, byMonth);
  const bandwidth = study.keys.length === 0 ? null : (question.bandwidth ?? bandwidthOf(study));
  const heldOut = months.length > question.holdOut ? question.holdOut : 0;
  const result =
    bandwidth === null || months.length === 0 ? null : await run(study, periods, bandwidth, heldOut, question);
  const values = sumOf(periods, study.keys.length);
  const nothing = {
    recommended: null,
    tied: [],
    evidence: 'No whole month is held in this period: there is nothing to learn from.',
  };
  return {
    version: holdings.columns.version,
    resolution,
    next: months.length === 0 ? null : addMonths(months.at(-1)!.from, 1).slice(0, 7),
    months: months.map(({ month }) => month),
    heldOut: heldOut === 0 ? [] : months.slice(-heldOut).map(({ month }) => month),
    settings: {
      window: question.window ?? null,
      halfLifeMonths: question.halfLife,
      bandwidthMetres: bandwidth,
      coverage: question.coverage,
    },
    methods: result ? methodsOf(result) : [],
    ...(result ? recommendMethod(result, heldOut, question.coverage) : nothing),
    study: describeStudy(study, values, { bandwidthMetres: bandwidth }),
    notes: [
      ...spanNotes(spans, months.length, question),
      ...(months.length > 0
        ? await sourceNotes(holdings, { ...filter, from: months[0]!.from, to: months.at(-1)!.to }, resolution)
        : []),
      ...sourceSpanNotes(holdings, spans),
      ...(values.some((value) => value > 0)
        ? []
        : ['No incident matches: every cell scores nothing, and none is listed.']),
    ],
  };
}

function refuseTooMuch(cells: number, months: number): void {
  if (cells * months <= mostValues) return;
  throw new InputError(
    `${whole(cells)} cells over ${months} months are too many to forecast; choose a coarser resolution, fewer areas or a shorter period`,
  );
}

function run(
  study: Study,
  periods: readonly Float64Array[],
  bandwidthMetres: number,
  heldOut: number,
  { window, halfLife, coverage, top }: ForecastQuestion,
): Promise<RankedForecast> {
  const coverages = [...new Set([...usualCoverages, coverage])].sort((one, other) => one - other);
  return inThread(
    forecastTask,
    periods,
    { keys: study.keys, resolution: study.resolution, neighbours: study.neighbours },
    { bandwidthMetres, halfLife },
    { heldOut, coverages, compareAt: coverage, top, ...(window !== undefined && { window }) },
  );
}

function methodsOf({ ranked, evaluation }: RankedForecast): Forecast['methods'] {
  return ranked.map(({ name, top }, method) => ({
    name,
    top,
    evaluation: evaluation && [...evaluation[method]!.coverages],
  }));
}

function sumOf(periods: readonly Float64Array[], cells: number): Float64Array {
  const total = new Float64Array(cells);
  for (const period of periods) for (let cell = 0; cell < cells; cell++) total[cell]! += period[cell]!;
  return total;
}

function spanNotes(spans: readonly MonthSpan[], months: number, { holdOut }: ForecastQuestion): string[] {
  const notes = gapNotes(spans);
  const partial = spans.filter((span) => span.partial && span.held).map(({ month }) => month);
  if (partial.length > 0) notes.push(`Only part of ${partial.join(' and ')} is covered: it is left out.`);
  if (months > 0 && months <= holdOut) {
    notes.push(
      `${months} whole months are held, too few to hold out ${holdOut} of them: choose a longer period or a smaller holdOut.`,
    );
  }
  return notes;
}
