/** Run by itself, with little memory: reads a file to its end and prints how many rows it has. */
import { readRows } from '../../server/import/read-rows.ts';

const rows = await readRows(process.argv[2] as string);
let count = 0;
for await (const batch of rows.batches) count += batch.length;
await rows.close();
process.stdout.write(`${count}\n`);
