import type { AreaLayer } from '../count/columns.ts';
import { comparePeriod } from '../count/compare-period.ts';
import { InputError } from '../errors.ts';
import type { HarmIndex } from '../import/harm-index.ts';
import type { DateRange, Filter, MeasureOptions } from '../model.ts';
import type { Database } from '../store/database.ts';
import { countPlaces, dateExtent } from './count-filter.ts';
import { weighByPlace } from './count-periods.ts';
import type { Holdings } from './load-holdings.ts';
import { type Study, studyArea, sumByStudyCell } from './study-area.ts';
import { isHeld, periodNotes, sourceNotes } from './study-notes.ts';
import { vintageNotes } from './vintage-notes.ts';

/** What a measurement works on. */
export type MeasureWork = {
  readonly holdings: Holdings;
  readonly filter: Filter;
  readonly options: MeasureOptions;
  readonly study: Study;
  /** Counts, or weights if asked. */
  readonly values: Float64Array;
  readonly counts: Float64Array;
  readonly previous: Float64Array | null;
  readonly periods: { readonly current: DateRange; readonly previous: DateRange | null };
  readonly harm: HarmIndex | null;
  readonly notes: string[];
};

/** Counts, study area and notes: all that measures are made from. */
export async function prepareMeasures(
  database: Database,
  holdings: Holdings,
  harm: HarmIndex | null,
  filter: Filter,
  layer: AreaLayer | null,
  resolution: number,
  options: MeasureOptions,
): Promise<MeasureWork> {
  const extent = dateExtent(holdings);
  if (!extent) throw new InputError('no incidents are held; import some before asking for statistics');
  const { current, previous } = await countPlaces(holdings, filter);
  const counted = previous ? [current.byPlace, previous.byPlace] : [current.byPlace];
  const study = await studyArea(database, holdings, filter, layer, resolution, counted);
  const counts = await sumByStudyCell(holdings, study, current.byPlace);
  const periods = {
    current: { from: filter.from ?? extent.from, to: filter.to ?? extent.to },
    previous: comparePeriod(filter, extent),
  };
  const work = {
    holdings,
    filter,
    options,
    study,
    counts,
    values: counts,
    // a period in which nothing is held is a gap: there is nothing to compare with
    previous:
      previous && periods.previous && isHeld(holdings, periods.previous)
        ? await sumByStudyCell(holdings, study, previous.byPlace)
        : null,
    periods,
    harm,
    notes: [
      ...(await sourceNotes(holdings, filter, resolution)),
      ...periodNotes(holdings, periods),
      ...vintageNotes(holdings, filter, periods),
    ],
  };
  return options.weight === 'harm' ? { ...work, values: await harmOf(work) } : work;
}

/** The harm of the study's cells; throws without a harm index. */
export async function harmOf({
  holdings,
  filter,
  harm,
  study,
  notes,
}: Pick<MeasureWork, 'holdings' | 'filter' | 'harm' | 'study' | 'notes'>): Promise<Float64Array> {
  if (!harm) throw new InputError('harm: no harm index is installed; put one into data/harm (data/README.md says how)');
  notes.push(`Harm weights: ${harm.title}, version ${harm.version}; categories without a weight count as 0.`);
  return sumByStudyCell(holdings, study, await weighByPlace(holdings, filter, harm));
}

/** Incidents, or harm, by place. */
export async function weightsByPlace({ holdings, filter, options, harm }: MeasureWork): Promise<ArrayLike<number>> {
  if (options.weight === 'harm' && harm) return weighByPlace(holdings, filter, harm);
  const { compare: _, ...plain } = filter;
  return (await countPlaces(holdings, plain)).current.byPlace;
}
