import { SaxesParser } from 'saxes';
import { InputError } from '../errors.ts';
import { decodeUnicode } from './decode-text.ts';

/** What is told of an XML document as it goes by; names are without their prefixes, attributes with them. */
export type XmlVisitor = {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close: (name: string) => void;
  readonly text: (text: string) => void;
};

/** The most that may stand between two tags, so that no document can fill the memory. */
const longestText = 4 * 1024 * 1024;

/** Small pieces keep the batches small: a few hundred rows of a sheet. */
const pieceLength = 16 * 1024;

/**
 * Reads an XML document a piece at a time: a visitor is shown its tags and hands on what it makes of them. Entities
 * of the document's own are not expanded. Refuses what is not well-formed.
 */
export async function* parseXml<T>(
  chunks: AsyncIterable<Buffer>,
  name: string,
  createVisitor: (emit: (item: T) => void) => XmlVisitor,
): AsyncGenerator<readonly T[]> {
  let items: T[] = [];
  const parser = createParser(
    name,
    createVisitor((item) => items.push(item)),
  );
  const take = () => {
    const taken = items;
    items = [];
    return taken;
  };
  for await (const text of decodeUnicode(chunks)) {
    for (let at = 0; at < text.length; at += pieceLength) {
      parser.write(text.slice(at, at + pieceLength));
      if (items.length > 0) yield take();
    }
  }
  parser.end();
  if (items.length > 0) yield take();
}

function createParser(name: string, visitor: XmlVisitor) {
  const parser = new SaxesParser({ position: false, xmlns: false } as const);
  let held = 0;
  parser.on('opentag', (tag) => {
    held = 0;
    visitor.open(localName(tag.name), tag.attributes);
  });
  parser.on('closetag', (tag) => {
    held = 0;
    visitor.close(localName(tag.name));
  });
  parser.on('text', visitor.text);
  parser.on('cdata', visitor.text);
  const guard = (step: () => void) => {
    try {
      step();
    } catch (cause) {
      throw cause instanceof InputError ? cause : notWellFormed(name, cause as Error);
    }
  };
  return {
    write: (text: string) => {
      guard(() => parser.write(text));
      held += text.length;
      if (held > longestText) throw notWellFormed(name, new Error('a part of it has no end'));
    },
    end: () => guard(() => parser.close()),
  };
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

function notWellFormed(name: string, cause: Error): InputError {
  const message = `${name} is damaged (${cause.message}). Open it in Excel and save it again.`;
  return new InputError(message, { code: 'unreadable-file', cause });
}
