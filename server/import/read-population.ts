import { InputError } from '../errors.ts';
import { readRows } from './read-rows.ts';
import type { Rows } from './rows.ts';

export type Populations = {
  /** Residents by area code, for the areas that were asked for. */
  readonly populations: ReadonlyMap<string, number>;
  readonly codeColumn: string;
  readonly populationColumn: string;
  /** Areas for which the file has no figure. */
  readonly missing: readonly string[];
  /** Codes of the file that none of the areas has. */
  readonly unknown: readonly string[];
};

type Table = {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

/** More areas than there are in the country, several times over. */
const mostRows = 1_000_000;

/**
 * Reads residents by area from a CSV: the code column is the one whose values are the areas' codes, the population
 * column is known by its name. Where more than one would do, the file is refused unless `column` names it.
 */
export async function readPopulation(
  path: string,
  codes: Iterable<string>,
  options: { readonly column?: string | undefined } = {},
): Promise<Populations> {
  const table = await readTable(await readRows(path));
  const wanted = new Set(codes);
  const codeAt = findCodeColumn(table, wanted);
  const populationAt = findPopulationColumn(table, options.column);
  const populations = new Map<string, number>();
  const unknown = new Set<string>();
  for (const row of table.rows) {
    const code = (row[codeAt] ?? '').trim();
    if (code !== '' && !wanted.has(code)) unknown.add(code);
    if (!wanted.has(code)) continue;
    const residents = readResidents(table, row[populationAt] ?? '', code);
    if (populations.has(code)) {
      throw unclear(`${table.name} has more than one row for ${code}. Give a file with one row for each area.`);
    }
    populations.set(code, residents);
  }
  return {
    populations,
    codeColumn: table.header[codeAt] as string,
    populationColumn: table.header[populationAt] as string,
    missing: [...wanted].filter((code) => !populations.has(code)).sort(),
    unknown: [...unknown].sort(),
  };
}

async function readTable(source: Rows): Promise<Table> {
  const rows: (readonly string[])[] = [];
  try {
    for await (const batch of source.batches) {
      for (const row of batch) rows.push(row.fields);
      if (rows.length > mostRows)
        throw unclear(`${source.name} is too long for a table of areas. Give one row for each area.`);
    }
  } finally {
    await source.close();
  }
  return { name: source.name, header: source.header, rows };
}

function findCodeColumn({ name, header, rows }: Table, wanted: ReadonlySet<string>): number {
  const matches = header.map((_, index) => {
    const found = new Set<string>();
    for (const row of rows) {
      const code = (row[index] ?? '').trim();
      if (wanted.has(code)) found.add(code);
    }
    return found.size;
  });
  const most = Math.max(...matches);
  if (most === 0) {
    throw unclear(
      `No column of ${name} holds the codes of these areas. It has: ${header.join(', ')}. Choose the file for this layer and its year.`,
    );
  }
  const best = header.filter((_, index) => matches[index] === most);
  if (best.length > 1) {
    throw unclear(
      `More than one column of ${name} holds the codes of these areas: ${best.join(', ')}. Take out all but one.`,
    );
  }
  return matches.indexOf(most);
}

const peopleName = /(^|[^a-z])(pop|population|residents|persons|people)([^a-z]|$)/i;

function findPopulationColumn({ name, header }: Table, given: string | undefined): number {
  if (given !== undefined) {
    const index = header.findIndex((column) => column.toLowerCase() === given.trim().toLowerCase());
    if (index !== -1) return index;
    throw unclear(`${name} has no column ${given}. It has: ${header.join(', ')}.`);
  }
  const people = header.filter((column) => peopleName.test(column));
  if (people.length === 1) return header.indexOf(people[0] as string);
  if (people.length > 1) {
    throw unclear(
      `${name} has more than one column of residents: ${people.join(', ')}. Name the one to use with --column.`,
    );
  }
  throw unclear(
    `${name} has no column called population or residents. It has: ${header.join(', ')}. Name the right one with --column.`,
  );
}

function readResidents({ name }: Table, text: string, code: string): number {
  const residents = text.trim() === '' ? Number.NaN : Number(text.trim().replaceAll(/(?<=\d),(?=\d{3})/g, ''));
  if (Number.isFinite(residents) && residents >= 0) return Math.round(residents);
  throw unclear(`${name} gives "${text}" residents for ${code}. Put in a number of 0 or more.`);
}

function unclear(message: string): InputError {
  return new InputError(message, { code: 'unclear-population' });
}
