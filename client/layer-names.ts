import { areaNoun, areaNouns, undatedVintage, vintageDate, vintageWords } from '../server/model.ts';

/** One vintage of a layer of areas. */
export type Vintage = { readonly layer: string; readonly validFrom: string | null };

/** What one area of a layer is called: `ward`. */
export { areaNoun, areaNouns };

/** A vintage in words: `wards of 2025`. */
export function vintageName({ layer, validFrom }: Vintage): string {
  return vintageWords(layer, validFrom);
}

/** What an area is, its vintage with it: `ward of 2025`, `LSOA of March 2011`, `undated beat`. */
export function vintageNoun({ layer, validFrom }: Vintage): string {
  const date = vintageDate(validFrom);
  return date === null ? `undated ${areaNoun(layer)}` : `${areaNoun(layer)} of ${date}`;
}

/** A vintage by its date alone, to choose it by: `2025`, `May 2025`, `undated`. */
export function vintageLabel({ validFrom }: Pick<Vintage, 'validFrom'>): string {
  return vintageDate(validFrom) ?? undatedVintage;
}

/** A vintage as `vintage=` names it. */
export function vintageKey({ validFrom }: Pick<Vintage, 'validFrom'>): string {
  return validFrom ?? undatedVintage;
}

/** With a capital, to begin a sentence or a label. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
