import { localMetres } from './local-metres.ts';
import type { Found } from './postcodes.ts';

/** A street's name as a source gives it, and the rectangle in which that source holds it. */
export type KnownStreet = {
  readonly name: string;
  /** The district it lies in, folded; null where that is not known. */
  readonly district: string | null;
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
};

/** Finds streets by name, where a town is given in that town; null for one that is not known, or known in several places. */
export type StreetFinder = (text: string, town?: string) => Found | null;

/** A name held over a longer stretch than this stands for several streets: which one is meant is not known. */
const longestStreetMetres = 2_000;
/** Points of a street are rarely nearer to the truth than this. */
const leastMetres = 50;

const words: Readonly<Record<string, string>> = {
  ave: 'avenue',
  cl: 'close',
  cres: 'crescent',
  ct: 'court',
  dr: 'drive',
  gdns: 'gardens',
  gr: 'grove',
  ln: 'lane',
  pl: 'place',
  rd: 'road',
  sq: 'square',
  st: 'street',
  tce: 'terrace',
  ter: 'terrace',
  terr: 'terrace',
};

/** A street's name for comparing: small letters, no punctuation, the abbreviation at its end written out. */
export function foldStreet(name: string): string {
  const parts = name
    .toLowerCase()
    .replaceAll(/['’.]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
  const last = parts.at(-1);
  // only the last word: "st" at the front is a saint
  if (parts.length > 1 && last !== undefined && Object.hasOwn(words, last)) parts[parts.length - 1] = words[last]!;
  return parts.join(' ');
}

/** The street names that an address may hold, the likeliest first: its parts between commas, without house numbers. */
export function streetsInAddress(address: string): string[] {
  return (
    address
      .split(/[,;\n]/)
      .map((part) =>
        part
          .trim()
          .replace(/^(?:(?:flat|unit|apartment|no\.?|room)\s*)?\d+\s*[a-z]?(?:\s*[-–/]\s*\d+\s*[a-z]?)?\s+/i, ''),
      )
      .map(foldStreet)
      // a name has two words as a rule; "flat 2" is none
      .filter((name) => name.includes(' ') && !/\d$/.test(name))
  );
}

/** Makes a finder out of known streets; a name held in several rectangles is one street if those lie close together. */
export function createStreetFinder(streets: Iterable<KnownStreet>): StreetFinder {
  const byName = new Map<string, KnownStreet[]>();
  for (const street of streets) {
    const name = foldStreet(street.name);
    const known = byName.get(name);
    if (known) known.push(street);
    else byName.set(name, [street]);
  }
  return (text, town) => {
    for (const name of streetsInAddress(text)) {
      const known = byName.get(name);
      const found = known && middleOf(inTown(known, town));
      if (found) return found;
    }
    return null;
  };
}

function inTown(streets: readonly KnownStreet[], town: string | undefined): readonly KnownStreet[] {
  if (town === undefined || streets.every(({ district }) => district === null)) return streets;
  const wanted = foldStreet(town);
  return streets.filter(({ district }) => district === wanted);
}

function middleOf(streets: readonly KnownStreet[]): Found | null {
  if (streets.length === 0) return null;
  const west = Math.min(...streets.map((street) => street.west));
  const south = Math.min(...streets.map((street) => street.south));
  const east = Math.max(...streets.map((street) => street.east));
  const north = Math.max(...streets.map((street) => street.north));
  const corner = localMetres({ lat: south, lng: west }, [north], [east]);
  const length = Math.hypot(corner.x[0]!, corner.y[0]!);
  if (length > longestStreetMetres) return null;
  return {
    lat: round((south + north) / 2),
    lng: round((west + east) / 2),
    withinMetres: Math.max(leastMetres, Math.ceil(length / 2)),
  };
}

function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}
