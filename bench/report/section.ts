/** What one part of the benches tells in docs/performance.md. */
export type Section = {
  /** The part's name on the command line; a later run of the part replaces its section. */
  readonly name: string;
  readonly title: string;
  readonly aims: readonly Aim[];
  /** How it was measured, a paragraph each. */
  readonly method: readonly string[];
  readonly tables: readonly Table[];
  readonly figures?: readonly Figure[];
  /** What took part, with its version: PostgreSQL, DuckDB and so on. Node and the machine are added by the writer. */
  readonly versions?: Readonly<Record<string, string>>;
};

/** An aim beside what was found. */
export type Aim = { readonly what: string; readonly aim: string; readonly found: string; readonly met: boolean };

/** A table; columns of numbers are set to the right. */
export type Table = {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
};

/** A picture that the part has written beside the page. */
export type Figure = { readonly file: string; readonly alt: string };

/** A section with where and when it was measured; `loadBefore` is the machine's load average at the start. */
export type MeasuredSection = Section & {
  readonly date: string;
  readonly machine: string;
  readonly loadBefore: string;
};
