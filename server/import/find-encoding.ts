import { InputError } from '../errors.ts';
import type { ReadingOptions } from '../import-model.ts';

/** How the bytes of a file stand for text. `8-bit`, which is found out, is UTF-8, or cp1252 in the lines where it is not. */
export type Encoding = { readonly kind: '8-bit' | ToldEncoding; readonly bomLength: number };
type ToldEncoding = NonNullable<ReadingOptions['encoding']>;

const marks: Readonly<Record<ToldEncoding, readonly number[]>> = {
  'utf-8': [0xef, 0xbb, 0xbf],
  'windows-1252': [],
  'utf-16le': [0xff, 0xfe],
  'utf-16be': [0xfe, 0xff],
};

/** The encoding a person says a file has; its byte order mark is not part of the text. */
export function toldEncoding(told: ToldEncoding, sample: Buffer): Encoding {
  const mark = marks[told];
  return { kind: told, bomLength: mark.every((byte, index) => sample[index] === byte) ? mark.length : 0 };
}

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
  [
    '\xd0\xcf\x11\xe0',
    'an old Excel workbook (.xls) or one locked with a password',
    'Open it in Excel and save it as .xlsx without a password, or as CSV',
  ],
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

/** What a file plainly is when it is not a table in text, and what to do about it. */
export type OtherFormat = { readonly what: string; readonly remedy: string };

/** Tells by the first bytes what is plainly not a table in text: archives, workbooks, images, web pages; null for the rest. */
export function otherFormat(sample: Buffer, encoding: Encoding): OtherFormat | null {
  const start = sample.toString('latin1', 0, 16);
  const known = signatures.find(([signature]) => start.startsWith(signature));
  if (known) return { what: known[1], remedy: known[2] };
  if (encoding.kind.startsWith('utf-16')) return null;
  const text = sample.toString('latin1', encoding.bomLength, 512).trimStart();
  if (/^(\{|\[\s*(\{|\[|$))/.test(text)) {
    return { what: 'JSON', remedy: 'Export the table as CSV, or as GeoJSON (a FeatureCollection of points)' };
  }
  if (/^<(!doctype html|html|head|body)/i.test(text)) {
    const remedy = 'The download may have failed or asked you to sign in; download the CSV again';
    return { what: 'a web page', remedy };
  }
  if (/^<(\?xml|[a-z])/i.test(text)) return { what: 'XML', remedy: 'Export the table as CSV' };
  return null;
}

/** Refuses by name what is plainly not a table in text. */
export function refuseOtherFormats(name: string, sample: Buffer, encoding: Encoding): void {
  const other = otherFormat(sample, encoding);
  if (!other) return;
  throw new InputError(`${name} is ${other.what}, not a CSV file. ${other.remedy}.`, { code: 'not-csv' });
}
