import { JSONParser, TokenType } from '@streamparser/json';
import { InputError } from '../errors.ts';
import { decodeUnicode } from './decode-text.ts';
import { isWgs84, otherCrsMessage } from './geojson-crs.ts';
import { chain } from './read-bytes.ts';

/** One feature as it came, or what is wrong with the text where one should be. */
export type RawFeature = { readonly line: number; readonly value: unknown; readonly problem: string | null };

/** A feature longer than this is refused: nothing with a point comes near it. */
const longestFeature = 4 * 1024 * 1024;

/** Lines may begin with it (RFC 8142). */
const recordSeparator = '\u001e';

const pieceLength = 64 * 1024;

/** The parser takes time with the depth; a feature needs ten levels. */
const deepestNesting = 500;

/** Whether a text file is GeoJSON by its first bytes: a FeatureCollection, or a feature a line. */
export function isGeoJson(sample: Buffer): boolean {
  const text = startOf(sample);
  return text.startsWith('{') && (isFeatureLine(text) || /"(FeatureCollection|features)"/.test(text));
}

function startOf(sample: Buffer): string {
  return sample
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .replaceAll(recordSeparator, '')
    .trimStart();
}

/** A first line that is a whole feature by itself means that every line is one. */
function isFeatureLine(start: string): boolean {
  const end = start.search(/[\r\n]/);
  const line = end === -1 ? start : start.slice(0, end);
  try {
    return (JSON.parse(line) as { type?: unknown }).type === 'Feature';
  } catch {
    return false;
  }
}

/** Reads the features of a GeoJSON file one after another, a few hundred at a time, whichever way it is laid out. */
export function streamFeatures(
  name: string,
  start: Buffer,
  rest: AsyncGenerator<Buffer>,
): AsyncGenerator<readonly RawFeature[]> {
  const text = decodeUnicode(chain(start, rest));
  return isFeatureLine(startOf(start)) ? featuresByLine(name, text) : featuresOfCollection(name, text);
}

async function* featuresByLine(name: string, text: AsyncIterable<string>): AsyncGenerator<readonly RawFeature[]> {
  let rest = '';
  let line = 0;
  for await (const piece of text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() as string;
    if (rest.length > longestFeature) throw tooLong(name, line + 1);
    const features = lines.map((one) => readLine(one, ++line)).filter((feature) => feature !== null);
    if (features.length > 0) yield features;
  }
  const last = readLine(rest, line + 1);
  if (last) yield [last];
}

function readLine(text: string, line: number): RawFeature | null {
  const bare = text.replace(recordSeparator, '').trim();
  if (bare === '') return null;
  try {
    return { line, value: JSON.parse(bare), problem: null };
  } catch {
    return { line, value: null, problem: 'the line is not valid JSON; correct it' };
  }
}

async function* featuresOfCollection(name: string, text: AsyncIterable<string>): AsyncGenerator<readonly RawFeature[]> {
  const parser = createCollectionParser(name);
  for await (const piece of text) {
    for (let at = 0; at < piece.length; at += pieceLength) {
      const features = parser.push(piece.slice(at, at + pieceLength));
      if (features.length > 0) yield features;
    }
  }
  parser.end();
}

/** Parses a collection as it comes; memory holds one feature at a time. */
function createCollectionParser(name: string) {
  const parser = new JSONParser({ paths: ['$.type', '$.crs', '$.features.*'], keepStack: false });
  let features: RawFeature[] = [];
  let line = 0;
  let held = 0;
  let type: unknown;
  let depth = 0;
  parser.onToken = ({ token }) => {
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) depth++;
    else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) depth--;
    if (depth > deepestNesting) throw new Error('it is nested too deep');
  };
  parser.onValue = ({ value, key, stack }) => {
    held = 0;
    if (stack.length === 2) features.push({ line: ++line, value, problem: null });
    else if (key === 'type') type = value;
    else refuseOtherCrs(name, value);
  };
  const guard = (step: () => void) => {
    try {
      step();
    } catch (cause) {
      throw cause instanceof InputError ? cause : notJson(name, line, cause as Error);
    }
  };
  return {
    push: (piece: string): readonly RawFeature[] => {
      features = [];
      held += piece.length;
      // What follows the end of the document, such as blank lines, is of no concern.
      if (!parser.isEnded) guard(() => parser.write(piece));
      else if (piece.trim() !== '') throw notJson(name, line, new Error('text follows its end'));
      if (held > longestFeature) throw tooLong(name, line + 1);
      return features;
    },
    end: () => {
      if (!parser.isEnded) throw notJson(name, line, new Error('it ends in the middle'));
      if (type !== 'FeatureCollection') throw notCollection(name, type);
    },
  };
}

function refuseOtherCrs(name: string, crs: unknown): void {
  if (!isWgs84(crs)) throw new InputError(otherCrsMessage(name, crs), { code: 'other-crs' });
}

function notCollection(name: string, type: unknown): InputError {
  const message = `${name} is JSON, but not a GeoJSON FeatureCollection (its type is ${String(type)}). Export the points as GeoJSON or CSV.`;
  return new InputError(message, { code: 'not-geojson' });
}

function notJson(name: string, line: number, cause: Error): InputError {
  const message = `${name} is not valid JSON after feature ${line} (${cause.message}). Export it again.`;
  return new InputError(message, { code: 'not-geojson', cause });
}

function tooLong(name: string, line: number): InputError {
  const length = longestFeature.toLocaleString('en-GB');
  const message = `Feature ${line} of ${name} is longer than ${length} characters. Only points are taken in; simplify or remove it.`;
  return new InputError(message, { code: 'record-too-long' });
}
