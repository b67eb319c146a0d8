import type { BinaryWriter } from './binary-format.ts';

/** The cells of a row that have no meaning of their own, by the name of their column. */
type Attributes = Readonly<Record<string, string>>;

/** Attributes as JSON; null without any. */
export function attributesText(attributes: Attributes): string | null {
  for (const _ in attributes) return JSON.stringify(attributes);
  return null;
}

/** Writes attributes as a field of JSON; null without any. */
export function writeAttributes(attributes: Attributes, writer: BinaryWriter): void {
  let opening = '{';
  for (const name in attributes) {
    if (opening === '{') writer.beginText();
    writer.text(opening);
    writer.jsonText(name);
    writer.text(':');
    writer.jsonText(attributes[name] as string);
    opening = ',';
  }
  if (opening === '{') {
    writer.textField(null);
    return;
  }
  writer.text('}');
  writer.endText();
}
