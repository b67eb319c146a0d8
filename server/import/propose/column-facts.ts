/** A column as far as its name and its first rows tell. */
export type ColumnFacts = {
  /** The name a profile calls it by. */
  readonly name: string;
  readonly index: number;
  /** The words of its name, in lower case and between single spaces: `IncGeo_WardCode` is `inc geo ward code`. */
  readonly words: string;
  /** Its different texts with how often each occurs, without the empty ones. */
  readonly texts: ReadonlyMap<string, number>;
  /** How many rows have something in it. */
  readonly filled: number;
};

/** What a proposal is made from. */
export type Table = {
  readonly columns: readonly ColumnFacts[];
  readonly rows: readonly (readonly string[])[];
};

/** A column taken for something, and why, in words fit for a person. */
export type Finding = { readonly column: ColumnFacts; readonly because: string };

/** Looks at the header and the first rows of a file. */
export function tableFacts(names: readonly string[], rows: readonly (readonly string[])[]): Table {
  return { rows, columns: names.map((given, index) => columnFacts(given, index, rows)) };
}

function columnFacts(given: string, index: number, rows: Table['rows']): ColumnFacts {
  const texts = new Map<string, number>();
  let filled = 0;
  for (const row of rows) {
    const text = (row[index] ?? '').trim();
    if (text === '') continue;
    filled++;
    texts.set(text, (texts.get(text) ?? 0) + 1);
  }
  // columns without a name are told by their place
  const name = given.trim() === '' ? `column ${index + 1}` : given.trim();
  return { name, index, words: wordsOf(name), texts, filled };
}

/** The words of a name, whether they are joined by spaces, underscores or capitals. */
function wordsOf(name: string): string {
  const apart = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  return apart
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join(' ');
}

/** Whether the words hold a word or phrase whole: "plate" has no "lat" in it. */
export function hasPhrase(words: string, phrase: string): boolean {
  return ` ${words} `.includes(` ${phrase} `);
}

/** Whether the words hold one of some words or phrases whole. */
export function hasAny(words: string, phrases: readonly string[]): boolean {
  return phrases.some((phrase) => hasPhrase(words, phrase));
}

/** The share of the filled rows whose text passes a test; 0 without any. */
export function shareOf({ texts, filled }: ColumnFacts, test: (text: string) => boolean): number {
  if (filled === 0) return 0;
  let passed = 0;
  for (const [text, count] of texts) if (test(text)) passed += count;
  return passed / filled;
}

/** The first text of a column, shortened, as an example in quotation marks. */
export function exampleOf({ texts }: ColumnFacts): string {
  const [first = ''] = texts.keys();
  return `“${first.length > 40 ? `${first.slice(0, 40)}…` : first}”`;
}

/** A share as whole per cent, never 100 unless it is all. */
export function percent(share: number): string {
  return `${share === 1 ? 100 : Math.min(99, Math.round(share * 100))} %`;
}
