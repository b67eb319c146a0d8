/** Input larger than what was published for one force: made from points and months that were published for many. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';

const national = fileURLToPath(new URL('../../shared/data/scale/national-street.csv.gz', import.meta.url));

const header =
  'Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context';

/** Whether the national points lie beside the project. */
export function hasNationalPoints(): boolean {
  return existsSync(national);
}

/**
 * Writes the first rows of the national points as a street file of data.police.uk, beginning again where they end. Month,
 * point and type are published; ids, streets and outcomes are derived from them. Anti-social behaviour gets no id, as in the
 * published files.
 */
export async function writeDerivedStreet(path: string, howMany: number): Promise<void> {
  const file = createWriteStream(path);
  file.write(`${header}\n`);
  for (let row = 0; row < howMany; ) {
    const packed = createReadStream(national);
    const lines = createInterface({ input: packed.pipe(createGunzip()) });
    for await (const line of lines) {
      if (line.startsWith('month,')) continue;
      if (!file.write(derivedLine(line, row))) await once(file, 'drain');
      if (++row === howMany) break;
    }
    lines.close();
    packed.destroy();
  }
  file.end();
  await once(file, 'finish');
}

function derivedLine(line: string, row: number): string {
  const [month, lng, lat, type] = line.split(',');
  const isAsb = type === 'Anti-social behaviour';
  const id = isAsb ? '' : createHash('sha256').update(`derived ${row}`).digest('hex');
  const street = Math.abs(Math.round(Number(lng) * 7919e3 + Number(lat) * 104729e3)) % 9973;
  const outcome = isAsb ? '' : 'Under investigation';
  return `${id},${month},Derived Police,Derived Police,${lng},${lat},On or near Street ${street},E00000000,Derived 001A,${type},${outcome},\n`;
}
