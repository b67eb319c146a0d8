import { InputError } from '../errors.ts';
import { openTables } from '../import/open-tables.ts';
import { type ListedPostcode, readPostcodeList } from '../import/read-postcodes.ts';
import { bngToWgs84 } from '../locate/bng-to-wgs84.ts';
import { placeProblem } from '../locate/place-problem.ts';
import { foldPostcode } from '../locate/postcodes.ts';
import type { Database } from '../store/database.ts';
import { countPostcodes, type PostcodeRow, writePostcodes } from '../store/gazetteer.ts';

export type PostcodeReport = { readonly read: number; readonly changed: number; readonly held: number };

const rowsPerWrite = 5_000;

/** Takes in lists of postcodes, all of them or none; what is held of other postcodes stays. */
export function importPostcodes(
  database: Database,
  paths: readonly string[],
  onProgress: (read: number) => void = () => {},
): Promise<PostcodeReport> {
  return database.change(async (client) => {
    let [read, changed] = [0, 0];
    let waiting: PostcodeRow[] = [];
    const write = async () => {
      changed += await writePostcodes(client, waiting);
      waiting = [];
    };
    for (const path of paths) {
      const lists = await openTables(path);
      try {
        for (const list of lists.tables) {
          if (isDocument(list.path)) continue;
          const rows = await list.open();
          for await (const batch of readPostcodeList(rows)) {
            for (const listed of batch) waiting.push(toRow(rows.name, listed));
            read += batch.length;
            if (waiting.length >= rowsPerWrite) await write();
            onProgress(read);
          }
        }
      } finally {
        lists.close();
      }
    }
    if (waiting.length > 0) await write();
    return { read, changed, held: await countPostcodes(client) };
  });
}

/** Code-Point Open comes as a zip with a table of its own columns beside the lists. */
const isDocument = (path: string) => /(^|\/)doc\//i.test(path);

function toRow(fileName: string, { line, postcode, system, x, y, withinMetres }: ListedPostcode): PostcodeRow {
  const position = system === 'wgs84' ? { lat: y, lng: x } : bngToWgs84(x, y);
  if (placeProblem('uk', position) !== null) {
    throw new InputError(
      `Line ${line} of ${fileName}: the point of ${postcode} is outside the United Kingdom. Correct it, or take the line out; nothing was stored.`,
      { code: 'not-postcodes' },
    );
  }
  return { postcode: foldPostcode(postcode)!, ...position, withinMetres };
}
