import { InputError } from '../errors.ts';

/** How the bytes of a file stand for text. `8-bit` is UTF-8, or cp1252 in the lines where it is not UTF-8. */
export type Encoding = { readonly kind: '8-bit' | 'utf-16le' | 'utf-16be'; readonly bomLength: number };

/** Tells the encoding of a text file from its first bytes. */
export function findEncoding(sample: Buffer): Encoding {
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf) return { kind: '8-bit', bomLength: 3 };
  if (sample[0] === 0xff && sample[1] === 0xfe) return { kind: 'utf-16le', bomLength: 2 };
  if (sample[0] === 0xfe && sample[1] === 0xff) return { kind: 'utf-16be', bomLength: 2 };
  const [even, odd] = countZeros(sample);
  // Mostly Latin text in UTF-16 has a zero in every second byte, and hardly any in the others.
  const pairs = sample.length / 2;
  if (odd > pairs * 0.7 && even < pairs * 0.1) return { kind: 'utf-16le', bomLength: 0 };
  if (even > pairs * 0.7 && odd < pairs * 0.1) return { kind: 'utf-16be', bomLength: 0 };
  return { kind: '8-bit', bomLength: 0 };
}

function countZeros(sample: Buffer): [even: number, odd: number] {
  let even = 0;
  let odd = 0;
  for (let i = 0; i < sample.length; i += 2) if (sample[i] === 0) even++;
  for (let i = 1; i < sample.length; i += 2) if (sample[i] === 0) odd++;
  return [even, odd];
}

const signatures: readonly [start: string, what: string, remedy: string][] = [
  ['PK\x03\x04', 'a ZIP archive or an Excel workbook (.xlsx)', 'Unpack it, or save the sheet as CSV'],
  ['PK\x05\x06', 'an empty ZIP archive', 'Fetch it again'],
  ['\xd0\xcf\x11\xe0', 'an old Excel workbook (.xls)', 'Save the sheet as CSV'],
  ['%PDF', 'a PDF document', 'Export the table as CSV'],
  ['\x89PNG', 'a PNG image', 'Choose the CSV file'],
  ['\xff\xd8\xff', 'a JPEG image', 'Choose the CSV file'],
  ['GIF8', 'a GIF image', 'Choose the CSV file'],
  ['7z\xbc\xaf', 'a 7-Zip archive', 'Unpack it first'],
  ['Rar!', 'a RAR archive', 'Unpack it first'],
  ['BZh', 'a bzip2 archive', 'Unpack it first'],
  ['SQLite format', 'an SQLite database', 'Export the table as CSV'],
  ['PAR1', 'a Parquet file', 'Export the table as CSV'],
  ['{\\rtf', 'a rich text document', 'Export the table as CSV'],
];

/** Refuses by name what is plainly not a table in text: archives, workbooks, images, JSON, web pages, binary. */
export function refuseOtherFormats(name: string, sample: Buffer, encoding: Encoding): void {
  const start = sample.toString('latin1', 0, 16);
  const known = signatures.find(([signature]) => start.startsWith(signature));
  if (known) throw notCsv(name, known[1], known[2]);
  if (encoding.kind !== '8-bit') return;
  const text = sample.toString('latin1', encoding.bomLength, 512).trimStart();
  if (/^(\{|\[\s*(\{|\[|$))/.test(text)) throw notCsv(name, 'JSON', 'Export the table as CSV');
  if (/^<(!doctype html|html|head|body)/i.test(text)) {
    throw notCsv(name, 'a web page', 'The download may have failed or asked you to sign in; download the CSV again');
  }
  if (/^<(\?xml|[a-z])/i.test(text)) throw notCsv(name, 'XML', 'Export the table as CSV');
}

function notCsv(name: string, what: string, remedy: string): InputError {
  return new InputError(`${name} is ${what}, not a CSV file. ${remedy}.`, { code: 'not-csv' });
}
