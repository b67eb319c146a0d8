import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Numbers } from './conditions.ts';
import { type Resolution, resolutions } from './row-table.ts';

/** The rows of `bench.row` as plain columns, one entry an incident, in the order of the table. */
export type Rows = {
  readonly day: Uint16Array;
  readonly hourOfWeek: Uint8Array;
  readonly category: Uint8Array;
  readonly ward: Uint8Array;
  /** By resolution: positions in `keys`. */
  readonly cells: Readonly<Record<Resolution, Uint32Array>>;
  /** By resolution: the low 52 bits of each cell. */
  readonly keys: Readonly<Record<Resolution, readonly number[]>>;
};

/** What a COPY in binary form opens with: signature, flags, no extension. */
const headerBytes = 19;
/** Three cells of 8 bytes and four small numbers of 2, each after its length; before them the number of fields. */
const rowBytes = 2 + 3 * (4 + 8) + 4 * (4 + 2);

/** Which numbers the rows give to categories and wards. */
export async function readNumbers(client: pg.Client): Promise<Numbers> {
  const numbered = async (statement: string) => {
    const { rows } = await client.query<{ code: string; id: number }>(statement);
    return new Map(rows.map(({ code, id }) => [code, id]));
  };
  return {
    categories: await numbered('select code, id from category'),
    wards: await numbered("select code, id from area where layer = 'ward'"),
  };
}

/** Reads the table whole, straight from the server's binary form. */
export async function readRows(client: pg.Client): Promise<Rows> {
  const counted = await client.query<{ rows: number }>('select count(*)::int as rows from bench.row');
  const length = counted.rows[0]!.rows;
  const rows = {
    day: new Uint16Array(length),
    hourOfWeek: new Uint8Array(length),
    category: new Uint8Array(length),
    ward: new Uint8Array(length),
    cells: eachResolution(() => new Uint32Array(length)),
    keys: eachResolution((): number[] => []),
  };
  const numberings = resolutions.map((resolution) => createKeyNumbering(rows.keys[resolution]));
  await client.query('set synchronize_seqscans = off');
  let at = 0;
  for await (const records of recordsOf(client)) {
    for (let offset = 0; offset < records.length; offset += rowBytes, at++) {
      resolutions.forEach((resolution, index) => {
        rows.cells[resolution][at] = numberings[index]!(keyAt(records, offset + 6 + index * 12));
      });
      rows.day[at] = records.readInt16BE(offset + 42);
      rows.hourOfWeek[at] = records.readInt16BE(offset + 48);
      rows.category[at] = records.readInt16BE(offset + 54);
      rows.ward[at] = records.readInt16BE(offset + 60);
    }
  }
  return rows;
}

function eachResolution<T>(make: () => T): Record<Resolution, T> {
  return { 7: make(), 8: make(), 9: make() };
}

/** The low 52 bits of a 64-bit number, exact in a double. */
function keyAt(records: Buffer, offset: number): number {
  return (records.readUInt32BE(offset) & 0xfffff) * 2 ** 32 + records.readUInt32BE(offset + 4);
}

/** Whole records out of a stream that cuts them anywhere. */
async function* recordsOf(client: pg.Client): AsyncGenerator<Buffer> {
  const columns = 'cell7, cell8, cell9, day, hour_of_week, category, ward';
  const stream = client.query(copyTo(`copy bench.row (${columns}) to stdout (format binary)`));
  let skip = headerBytes;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const data = Buffer.concat([rest, chunk]).subarray(skip);
    skip = 0;
    const whole = data.length - (data.length % rowBytes);
    yield data.subarray(0, whole);
    rest = data.subarray(whole);
  }
}

/** Neighbouring rows mostly share a cell, so that the last one is looked at first. */
function createKeyNumbering(keys: number[]): (key: number) => number {
  const numbers = new Map<number, number>();
  let lastKey = -1;
  let lastNumber = -1;
  return (key) => {
    if (key === lastKey) return lastNumber;
    lastKey = key;
    lastNumber = numbers.get(key) ?? keys.push(key) - 1;
    numbers.set(key, lastNumber);
    return lastNumber;
  };
}
