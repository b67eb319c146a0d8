import { isFilledIn, isPair, type Mapping } from './mapping.ts';

/** Fields of the mapping that can be wrong. */
export type MappingField = 'source' | 'category' | 'from' | 'formats' | 'places';
export type MappingGaps = Partial<Record<MappingField, string>>;

/** What a mapping lacks before it can be tried, by field, in words that say what to do. */
export function mappingGaps(mapping: Mapping, columns: readonly string[]): MappingGaps {
  const gaps: MappingGaps = {};
  if (mapping.source.trim() === '') gaps.source = 'Give the source a name, such as “Council ASB log”.';
  if (!mapping.category.some(Boolean) && mapping.constant === '')
    gaps.category = 'Choose the column that says what happened, or the category of every row.';
  if (!mapping.from.some(Boolean)) gaps.from = 'Choose the column that says when it happened.';
  else if (mapping.formats.length === 0) gaps.formats = 'Choose at least one form the dates are written in.';
  const halves = mapping.places.filter(
    (place) => isPair(place) && (place.first.some(Boolean) || place.second !== '') && !isFilledIn(place),
  );
  if (halves.length > 0) gaps.places = 'Coordinates need two columns: choose the other one too.';
  else if (!mapping.places.some(isFilledIn)) gaps.places = 'Choose at least one way to place the incidents.';
  return { ...gaps, ...strangers(mapping, columns) };
}

/** Columns that a saved profile names and this file has not, where the incident hangs on them. */
function strangers({ category, from }: Mapping, columns: readonly string[]): MappingGaps {
  const missing = (names: readonly string[]) => names.filter((name) => name !== '' && !columns.includes(name));
  const text = (names: readonly string[]) => `This file has no column “${names[0]}”. Choose another.`;
  const gaps: MappingGaps = {};
  if (missing(category).length > 0) gaps.category = text(missing(category));
  if (missing(from).length > 0) gaps.from = text(missing(from));
  return gaps;
}
