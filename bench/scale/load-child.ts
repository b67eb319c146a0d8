/** Loads the columns of the database named on the command line, and prints what it cost as JSON. */
import { loadHoldings } from '../../server/flows/load-holdings.ts';
import { openDatabase } from '../../server/store/database.ts';
import { peakOf } from '../run-process.ts';

/** What loading cost. */
export type Loaded = {
  readonly incidents: number;
  readonly places: number;
  readonly seconds: number;
  /** Of all typed arrays held. */
  readonly bytes: number;
  readonly peakBytes: number;
};

const database = await openDatabase({ databaseUrl: process.argv[2], dataDirectory: '', role: 'command' });
const began = performance.now();
const holdings = await loadHoldings(database);
const loaded: Loaded = {
  seconds: (performance.now() - began) / 1000,
  incidents: holdings.sources.reduce((sum, { incidents }) => sum + incidents, 0),
  places: holdings.columns.places.ids.length,
  bytes: heldBytes(holdings, new Set()),
  peakBytes: peakOf(process.pid),
};
await database.close();
console.log(JSON.stringify(loaded));
process.exit(0);

/** The bytes of every buffer that a value reaches through objects and lists, each counted once. */
function heldBytes(value: unknown, seen: Set<object>): number {
  if (typeof value !== 'object' || value === null || seen.has(value)) return 0;
  seen.add(value);
  if (ArrayBuffer.isView(value)) return heldBytes(value.buffer, seen);
  if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return value.byteLength;
  return Object.values(value).reduce<number>((sum, part) => sum + heldBytes(part, seen), 0);
}
