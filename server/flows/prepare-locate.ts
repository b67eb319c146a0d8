import type { Locate } from '../import/parse-place.ts';
import type { Profile } from '../import/profile.ts';
import { streetName } from '../import/street-name.ts';
import { bngToWgs84 } from '../locate/bng-to-wgs84.ts';
import { placeProblem } from '../locate/place-problem.ts';
import { createPostcodeFinder } from '../locate/postcodes.ts';
import { createStreetFinder } from '../locate/streets.ts';
import type { Database } from '../store/database.ts';
import { readPostcodes, readStreetPlaces } from '../store/gazetteer.ts';

/** How places are found, and whether there are postcodes to find any by. */
export type PreparedLocate = Locate & { readonly knowsPostcodes: boolean };

/** What a profile's places are found with; lists that it does not need are not read. */
export async function prepareLocate(database: Database, { places }: Pick<Profile, 'places'>): Promise<PreparedLocate> {
  const needs = (system: string) => places.some((place) => place.system === system);
  const postcodes = needs('postcode') ? await database.read(readPostcodes) : [];
  return {
    bngToWgs84,
    placeProblem,
    knowsPostcodes: postcodes.length > 0,
    postcode: createPostcodeFinder(postcodes),
    street: needs('street') ? await streetFinder(database) : () => null,
  };
}

/** Streets as the incidents that came with coordinates name them. */
async function streetFinder(database: Database) {
  const places = await database.read(readStreetPlaces);
  return createStreetFinder(
    places.flatMap(({ location, ...where }) => {
      const name = streetName(location);
      return name === null ? [] : [{ name, ...where }];
    }),
  );
}
