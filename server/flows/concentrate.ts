import type { ConcentrationAnswer } from '../analyses-model.ts';
import type { AreaLayer } from '../count/columns.ts';
import type { Filter } from '../model.ts';
import { concentration, shareOfFullest } from '../statistics/concentration.ts';
import { gini, giniGeneralised } from '../statistics/gini.ts';
import { lorenz } from '../statistics/lorenz.ts';
import type { Database } from '../store/database.ts';
import { countAreas } from './count-areas.ts';
import { countPlaces, tallyFilter } from './count-filter.ts';
import { describeStudy } from './describe-study.ts';
import type { Holdings } from './load-holdings.ts';
import { type CountedPlace, type RankedPlace, rankPlaces } from './rank-places.ts';
import { studyArea, sumByStudyCell } from './study-area.ts';
import { sourceNotes } from './study-notes.ts';
import { periodsOf, vintageNotes } from './vintage-notes.ts';
import { percent, whole } from './wording.ts';

/** The answer, and all places with incidents for a table. */
export type Concentrated = { readonly answer: ConcentrationAnswer; readonly ranked: readonly RankedPlace[] };

/** The places compared, and what says which they are. */
type Compared = Pick<ConcentrationAnswer, 'by' | 'resolution' | 'validFrom' | 'study'> & {
  readonly places: readonly CountedPlace[];
  readonly noun: string;
  /** The areas compared, if it is areas. */
  readonly countedIn: readonly AreaLayer[];
};

/** How much of the incidents the fullest cells of the study area hold, its empty cells among them. */
export async function concentrateCells(
  database: Database,
  holdings: Holdings,
  filter: Filter,
  layer: AreaLayer | null,
  resolution: number,
  top: number,
): Promise<Concentrated> {
  const { current } = await countPlaces(holdings, filter);
  const study = await studyArea(database, holdings, filter, layer, resolution, [current.byPlace]);
  const counts = sumByStudyCell(holdings, study, current.byPlace);
  const places = study.cells.map((code, cell) => ({ code, count: counts[cell]! }));
  const about = { by: 'cells', resolution, validFrom: null, study: describeStudy(study, counts), noun: 'cells' };
  const countedIn: AreaLayer[] = [];
  return concentrate(holdings, filter, { ...about, places, countedIn }, top);
}

/** How much of the incidents the fullest areas of a layer hold. */
export async function concentrateAreas(
  holdings: Holdings,
  filter: Filter,
  layer: AreaLayer,
  top: number,
): Promise<Concentrated> {
  const { areas } = await countAreas(holdings, filter, layer);
  const places = areas.map(({ code, name, count }) => ({ code, name, count }));
  const about = { by: layer.layer, resolution: null, validFrom: layer.validFrom, study: null, noun: 'areas' };
  const countedIn = [layer];
  return concentrate(holdings, filter, { ...about, places, countedIn }, top);
}

async function concentrate(
  holdings: Holdings,
  filter: Filter,
  { places, noun, countedIn, ...about }: Compared,
  top: number,
): Promise<Concentrated> {
  const { current } = await tallyFilter(holdings, filter);
  const periods = periodsOf(holdings, filter);
  const counts = places.map(({ count }) => count);
  const { incidents, placesWithIncidents, shares } = concentration(counts);
  const ranked = rankPlaces(places);
  const shareOfTop = shareOfFullest(counts, top);
  const listed = Math.min(top, places.length);
  const answer: ConcentrationAnswer = {
    version: holdings.columns.version,
    ...about,
    total: current.total,
    incidents,
    places: places.length,
    placesWithIncidents,
    gini: gini(counts),
    giniGeneralised: giniGeneralised(counts),
    lorenz: copyOf(lorenz(counts)),
    shares: copyOf(shares),
    top: { places: listed, share: shareOfTop, list: ranked.slice(0, top) },
    finding:
      shareOfTop === null
        ? null
        : `The ${listed} fullest of ${whole(places.length)} ${noun} hold ${percent(shareOfTop)} of the incidents.`,
    notes: [
      ...(await sourceNotes(holdings, filter, about.resolution ?? 0)),
      ...vintageNotes(holdings, filter, periods && { ...periods, previous: null }, countedIn),
      ...otherLayerNotes(filter, about.by),
      ...concentrationNotes(current.total, current.located, incidents, places.length, noun),
    ],
  };
  return { answer, ranked };
}

function copyOf<Item>(list: readonly Item[] | null): Item[] | null {
  return list && [...list];
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
