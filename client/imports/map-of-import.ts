import type { Trial } from '../../server/import-model.ts';
import type { Catalog } from '../../server/model.ts';
import { normaliseFilter } from '../filter-query.ts';
import { defaultView, type View } from '../view.ts';

/** More codes than this would make a filter nobody can read: the dates alone then say what is meant. */
const mostCategories = 12;

/** The view of the map that shows what a file brought: its dates and its categories. */
export function mapChange(
  trial: Trial | null,
  byHand: Readonly<Record<string, string>>,
  catalog: Catalog,
): Partial<View> {
  const codes = trial ? [...new Set(trial.words.map(({ word, code }) => byHand[word] ?? code ?? unmapped))] : [];
  const categories = codes.length <= mostCategories ? codes : [];
  const dates = trial?.firstDay && trial.lastDay ? { from: trial.firstDay, to: trial.lastDay } : {};
  return {
    filter: normaliseFilter({ compare: 'previous-year', ...dates, categories }),
    place: null,
    // Null lets the map fit itself to all that is held.
    position: catalog.bounds ? null : defaultView.position,
    sheet: 'map',
  };
}

const unmapped = 'other.unmapped';
