import { InputError } from '../errors.ts';
import type { Member } from './open-zip.ts';
import { parseXml, type XmlVisitor } from './parse-xml.ts';
import { textGate, unescapeText } from './split-sheet.ts';

/** A workbook keeps its different texts in one list, which is held in memory while a sheet is read. */
export type StringLimits = { readonly strings: number; readonly characters: number };

const stringLimits: StringLimits = { strings: 4_000_000, characters: 128 * 2 ** 20 };

/** Reads the texts that the cells of a workbook refer to by number; refuses more than the memory should hold. */
export async function readSharedStrings(
  member: Member | null,
  name: string,
  limits = stringLimits,
): Promise<readonly string[]> {
  const strings: string[] = [];
  let characters = 0;
  if (!member) return strings;
  for await (const batch of parseXml(member.read(), name, stringVisitor)) {
    for (const text of batch) {
      strings.push(text);
      characters += text.length;
    }
    if (strings.length > limits.strings || characters > limits.characters) throw tooMuchText(name);
  }
  return strings;
}

function stringVisitor(emit: (text: string) => void): XmlVisitor {
  const reading = textGate();
  let text = '';
  return {
    open: (tag) => {
      reading.open(tag);
      if (tag === 'si') text = '';
    },
    close: (tag) => {
      reading.close(tag);
      if (tag === 'si') emit(ownText(unescapeText(text)));
    },
    text: (piece) => {
      if (reading.isOn()) text += piece;
    },
  };
}

/** A part of a long string keeps the whole of it in memory; a copy of its own does not. */
function ownText(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

function tooMuchText(name: string): InputError {
  const message = `${name} holds more different texts than can be read from a workbook at once. Save the sheet as CSV, which has no such limit.`;
  return new InputError(message, { code: 'workbook-too-large' });
}
