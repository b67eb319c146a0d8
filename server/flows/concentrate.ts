import type { ConcentrationAnswer } from '../analyses-model.ts';
import type { AreaLayer } from '../count/columns.ts';
import type { Filter } from '../model.ts';
import type { Database } from '../store/database.ts';
import { inThread, task } from '../threads.ts';
import type { listPlaces, measureConcentration, PlacesCompared } from './concentration-work.ts';
import { countAreas } from './count-areas.ts';
import { countPlaces, tallyFilter } from './count-filter.ts';
import { describeStudy } from './describe-study.ts';
import type { Holdings } from './load-holdings.ts';
import { studyArea, sumByStudyCell } from './study-area.ts';
import { sourceNotes } from './study-notes.ts';
import { periodsOf, vintageNotes } from './vintage-notes.ts';
import { percent, whole } from './wording.ts';

const work = new URL('./concentration-work.ts', import.meta.url);
const measureTask = task<typeof measureConcentration>(work, 'measureConcentration');
const listTask = task<typeof listPlaces>(work, 'listPlaces');

/** The places compared, and what says which they are. */
export type Compared = {
  readonly places: PlacesCompared;
  readonly howMany: number;
  readonly noun: string;
  /** The areas compared, if it is areas. */
  readonly countedIn: AreaLayer | null;
  readonly about: Pick<ConcentrationAnswer, 'by' | 'resolution' | 'validFrom' | 'study'>;
};

/** The cells of the study area with their counts, its empty cells among them. */
export async function compareCells(
  database: Database,
  holdings: Holdings,
  filter: Filter,
  layer: AreaLayer | null,
  resolution: number,
): Promise<Compared> {
  const { current } = await countPlaces(holdings, filter);
  const study = await studyArea(database, holdings, filter, layer, resolution, [current.byPlace]);
  const counts = await sumByStudyCell(holdings, study, current.byPlace);
  return {
    places: { resolution, keys: study.keys, counts },
    howMany: study.keys.length,
    noun: 'cells',
    countedIn: null,
    about: { by: 'cells', resolution, validFrom: null, study: describeStudy(study, counts) },
  };
}

/** The areas of a layer with their counts. */
export async function compareAreas(holdings: Holdings, filter: Filter, layer: AreaLayer): Promise<Compared> {
  const { areas } = await countAreas(holdings, filter, layer);
  return {
    places: areas.map(({ code, name, count }) => ({ code, name, count })),
    howMany: areas.length,
    noun: 'areas',
    countedIn: layer,
    about: { by: layer.layer, resolution: null, validFrom: layer.validFrom, study: null },
  };
}

/** All places with incidents as CSV in UTF-8, the fullest first; `boundaries` are further columns that all rows share. */
export function listConcentration(
  { places }: Compared,
  boundaries: Readonly<Record<string, string | null>>,
): Promise<Uint8Array> {
  return inThread(listTask, places, boundaries);
}

/** How much of the incidents the fullest places hold. */
export async function concentrate(
  holdings: Holdings,
  filter: Filter,
  { places, howMany, noun, countedIn, about }: Compared,
  top: number,
): Promise<ConcentrationAnswer> {
  const { current } = await tallyFilter(holdings, filter);
  const periods = periodsOf(holdings, filter);
  const figures = await inThread(measureTask, places, top);
  const { share, places: listed } = figures.top;
  return {
    version: holdings.columns.version,
    ...about,
    total: current.total,
    places: howMany,
    ...figures,
    finding:
      share === null
        ? null
        : `The ${listed} fullest of ${whole(howMany)} ${noun} hold ${percent(share)} of the incidents.`,
    notes: [
      ...(await sourceNotes(holdings, filter, about.resolution ?? 0)),
      ...vintageNotes(holdings, filter, periods && { ...periods, previous: null }, countedIn ? [countedIn] : []),
      ...otherLayerNotes(filter, about.by),
      ...concentrationNotes(current.total, current.located, figures.incidents, howMany, noun),
    ],
  };
}

/** Areas of one layer under a filter on another: which of them lie inside is not known, so all are compared. */
function otherLayerNotes({ areas }: Filter, by: string): string[] {
  if (by === 'cells' || !areas || areas.some(({ layer }) => layer === by)) return [];
  return [`All areas of the layer ${by} are compared, also those that lie outside the areas of the filter.`];
}

function concentrationNotes(total: number, located: number, incidents: number, places: number, noun: string): string[] {
  const notes: string[] = [];
  if (total > located) notes.push(`${whole(total - located)} incidents have no point: no share counts them.`);
  if (located > incidents) notes.push(`${whole(located - incidents)} incidents lie outside all ${noun} compared.`);
  if (incidents === 0) notes.push('No incident matches in the places compared: there is no concentration to speak of.');
  else if (incidents < places) {
    notes.push(
      `There are fewer incidents (${whole(incidents)}) than ${noun} (${whole(places)}), so Gini is high by necessity: use the generalised form.`,
    );
  }
  return notes;
}
