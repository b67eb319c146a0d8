import type { Random } from '../../server/statistics/random.ts';

const nasty = [
  '"',
  '""',
  '\n',
  '\r\n',
  '\0',
  ',',
  ';;;;;;',
  '\ufeff',
  '=cmd()',
  'Infinity',
  '-0',
  '1e999',
  '31/02/2023',
  '2023-13-45T99:99',
  '٣',
  '__proto__',
  'constructor',
  '\u2028',
  '\ud800',
  '<script>',
  "'; drop table incident; --",
].map((text) => Buffer.from(text));

/** A copy of a file with one to four faults of the kinds that transfers, editors and people make. */
export function mutate(original: Buffer, random: Random): Buffer {
  let bytes: Buffer = Buffer.from(original);
  for (let faults = 1 + random.below(4); faults > 0 && bytes.length > 0; faults--) bytes = faulty(bytes, random);
  return bytes;
}

function faulty(bytes: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length);
  const end = Math.min(bytes.length, at + 1 + random.below(200));
  const put = (...pieces: Buffer[]) => Buffer.concat([bytes.subarray(0, at), ...pieces]);
  switch (random.below(8)) {
    case 0: // a bit flips
      bytes[at]! ^= 1 << random.below(8);
      return bytes;
    case 1: // a piece is lost
      return put(bytes.subarray(end));
    case 2: // a piece comes twice
      return put(bytes.subarray(at, end), bytes.subarray(at));
    case 3: // the transfer breaks off
      return put();
    case 4: // something is typed in
      return put(nasty[random.below(nasty.length)]!, bytes.subarray(at));
    case 5: // something is typed over
      return put(nasty[random.below(nasty.length)]!, bytes.subarray(end));
    case 6: // noise
      return put(
        Buffer.from(Array.from({ length: 1 + random.below(20) }, () => random.below(256))),
        bytes.subarray(at),
      );
    default: {
      // a cell is moved: columns out of step
      const comma = bytes.indexOf(0x2c, at);
      return comma === -1 ? put() : Buffer.concat([bytes.subarray(0, comma), bytes.subarray(comma + 1)]);
    }
  }
}
