import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { type Encoding, findEncoding } from './find-encoding.ts';

/** A line longer than this is handed on in pieces, so that no file can fill the memory. */
const longestLineBytes = 4 * 1024 * 1024;

/** Turns bytes into text, a block at a time. */
export function decodeText(chunks: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const bytes = skipBytes(chunks, encoding.bomLength);
  return encoding.kind === '8-bit' ? decodeLines(bytes) : decodeWith(bytes, encoding.kind);
}

/** Turns bytes of a format that is always Unicode (XML, JSON) into text, without its byte order mark. */
export async function* decodeUnicode(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(unicodeName(chunk));
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder?.decode() ?? '';
}

function unicodeName(start: Buffer): string {
  const { kind } = findEncoding(start);
  return kind === '8-bit' ? 'utf-8' : kind;
}

/** The text of a file's first bytes, for finding out how it is laid out. */
export function decodeSample(sample: Buffer, encoding: Encoding): string {
  const bytes = sample.subarray(encoding.bomLength);
  return encoding.kind === '8-bit' ? decodeBlock(bytes) : iconv.decode(bytes, encoding.kind, { stripBOM: false });
}

async function* skipBytes(chunks: AsyncIterable<Buffer>, count: number): AsyncGenerator<Buffer> {
  let left = count;
  for await (const chunk of chunks) {
    const skipped = Math.min(left, chunk.length);
    left -= skipped;
    if (skipped < chunk.length) yield chunk.subarray(skipped);
  }
}

async function* decodeWith(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding, { stripBOM: false });
  for await (const chunk of chunks) yield decoder.write(chunk);
  yield decoder.end() ?? '';
}

/**
 * Each line is UTF-8 if it is valid UTF-8, and cp1252 otherwise. Deciding line by line needs no look at the whole
 * file, gives the same answer however the bytes arrive, and reads a file glued together from two systems rightly.
 */
async function* decodeLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let held: Buffer[] = [];
  let heldLength = 0;
  for await (const chunk of chunks) {
    const cut = lastLineEnd(chunk) + 1;
    if (cut > 0) {
      const head = chunk.subarray(0, cut);
      yield decodeBlock(held.length === 0 ? head : Buffer.concat([...held, head]));
      held = [];
      heldLength = 0;
    }
    if (cut < chunk.length) held.push(chunk.subarray(cut));
    heldLength += chunk.length - cut;
    if (heldLength > longestLineBytes) {
      yield decodeBlock(Buffer.concat(held));
      held = [];
      heldLength = 0;
    }
  }
  yield decodeBlock(Buffer.concat(held));
}

function lastLineEnd(chunk: Buffer): number {
  return Math.max(chunk.lastIndexOf(0x0a), chunk.lastIndexOf(0x0d));
}

function decodeBlock(block: Buffer): string {
  if (isAscii(block)) return block.toString('latin1');
  if (isUtf8(block)) return block.toString('utf8');
  let text = '';
  for (let start = 0; start < block.length; ) {
    const newline = block.indexOf(0x0a, start);
    const end = newline === -1 ? block.length : newline + 1;
    const line = block.subarray(start, end);
    text += isUtf8(line) ? line.toString('utf8') : iconv.decode(line, 'windows-1252');
    start = end;
  }
  return text;
}
