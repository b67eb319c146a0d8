import { InputError } from '../errors.ts';
import { type CellFormat, serialToText } from './cell-format.ts';
import { numberText } from './number-text.ts';
import { parseXml, type XmlVisitor } from './parse-xml.ts';

/** A row of a sheet, its cells as text up to the last one with anything in it. */
export type SheetRow = { readonly line: number; readonly fields: readonly string[] };

/** What the cells of a sheet refer to. */
export type CellContext = {
  readonly strings: readonly string[];
  readonly formats: readonly CellFormat[];
  readonly date1904: boolean;
};

/** Excel's own limit. */
const mostColumns = 16_384;

/** Cuts the XML of a sheet into rows, a few hundred at a time; empty rows do not come up. */
export function splitSheet(
  chunks: AsyncIterable<Buffer>,
  name: string,
  context: CellContext,
): AsyncGenerator<readonly SheetRow[]> {
  return parseXml(chunks, name, (emit: (row: SheetRow) => void) => sheetVisitor(name, context, emit));
}

function sheetVisitor(name: string, context: CellContext, emit: (row: SheetRow) => void): XmlVisitor {
  let line = 0;
  let fields: string[] = [];
  let column = -1;
  let cell = { type: '', style: '', text: '' };
  const reading = textGate();

  function closeCell(): void {
    const text = cellText(cell.type, cell.text, cell.style, context);
    if (text === '') return;
    while (fields.length < column) fields.push('');
    fields[column] = text;
  }

  return {
    open: (tag, { r, s = '', t = '' }) => {
      reading.open(tag);
      if (tag === 'row') {
        line = Number(r) > 0 ? Number(r) : line + 1;
        [fields, column] = [[], -1];
      } else if (tag === 'c') {
        column = columnOf(r) ?? column + 1;
        if (column >= mostColumns) throw tooWide(name, line);
        cell = { type: t, style: s, text: '' };
      }
    },
    close: (tag) => {
      reading.close(tag);
      if (tag === 'c') closeCell();
      else if (tag === 'row' && fields.length > 0) emit({ line, fields });
    },
    text: (text) => {
      if (reading.isOn()) cell.text += text;
    },
  };
}

/** Says whether text belongs to a value: it stands in `v` or `t`, but not in the reading aid of East Asian text. */
export function textGate() {
  let [inText, inAid] = [false, false];
  return {
    open: (tag: string) => {
      if (tag === 'v' || tag === 't') inText = true;
      else if (tag === 'rPh') inAid = true;
    },
    close: (tag: string) => {
      if (tag === 'v' || tag === 't') inText = false;
      else if (tag === 'rPh') inAid = false;
    },
    isOn: () => inText && !inAid,
  };
}

/** The number of the column of a cell `BC12`, from 0; null when the cell has no address. */
function columnOf(address: string | undefined): number | null {
  if (address === undefined) return null;
  let number = 0;
  for (let i = 0; i < address.length; i++) {
    const letter = address.charCodeAt(i) - 64;
    if (letter < 1 || letter > 26) break;
    number = number * 26 + letter;
  }
  return number === 0 ? null : number - 1;
}

function cellText(type: string, raw: string, style: string, context: CellContext): string {
  switch (type) {
    case 's':
      return context.strings[Number(raw)] ?? '';
    case 'inlineStr':
    case 'str':
      return unescapeText(raw);
    case 'b':
      return raw.trim() === '1' || raw.trim() === 'true' ? 'TRUE' : 'FALSE';
    case 'e':
      return '';
    case 'd':
      return raw.trim().replace(/(\.\d+)?Z?$/, '');
    default:
      return numberOrMoment(raw.trim(), context.formats[Number(style)], context.date1904);
  }
}

function numberOrMoment(raw: string, format: CellFormat | undefined, date1904: boolean): string {
  if (raw === '' || format === undefined || format.kind === 'number') return numberText(raw);
  if (format.kind === 'zeros') return /^\d+$/.test(raw) ? raw.padStart(format.width, '0') : numberText(raw);
  return serialToText(Number(raw), format, date1904) ?? numberText(raw);
}

/** Characters that XML cannot hold are written `_x000D_` in a workbook. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function tooWide(name: string, line: number): InputError {
  const message = `Row ${line} of ${name} reaches beyond the last column Excel has. Open it in Excel and save it again.`;
  return new InputError(message, { code: 'unreadable-file' });
}
