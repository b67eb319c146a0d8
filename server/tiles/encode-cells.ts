import { MvtWriter } from './mvt-writer.ts';
import { extent, type TileOutlines } from './outline-tile.ts';

/** One property of the cells on a tile, in the order of their outlines; a null leaves the property out. */
export type CellProperty = { readonly name: string; readonly values: ArrayLike<number | string | null> };

/**
 * A vector tile with the layer `cells`, or null if there is nothing to draw.
 *
 * @param isDrawn for each of the outlines whether it is drawn (1) or not (0)
 */
export function encodeCells(
  { start, bytes }: TileOutlines,
  isDrawn: Uint8Array,
  properties: readonly CellProperty[],
): Uint8Array | null {
  const features = new MvtWriter();
  const feature = new MvtWriter();
  const tags = new MvtWriter();
  const values = new ValueNumbers();
  for (let at = 0; at < isDrawn.length; at++) {
    if (isDrawn[at] === 0) continue;
    feature.clear();
    feature.append(bytes, start[at]!, start[at + 1]!);
    feature.bytesField(2, tagsOf(at, properties, values, tags));
    features.bytesField(2, feature.view());
  }
  return features.length === 0 ? null : inLayer(features, properties, values);
}

/** For each property that a cell has, the numbers of its name and its value. */
function tagsOf(at: number, properties: readonly CellProperty[], values: ValueNumbers, writer: MvtWriter): Uint8Array {
  writer.clear();
  for (let key = 0; key < properties.length; key++) {
    const value = properties[key]!.values[at];
    if (value === null || value === undefined) continue;
    writer.varint(key);
    writer.varint(values.numberOf(value));
  }
  return writer.view();
}

/** The tile of one layer: name, features, and the names and values that their tags stand for. */
function inLayer(features: MvtWriter, properties: readonly CellProperty[], values: ValueNumbers): Uint8Array {
  const layer = new MvtWriter();
  layer.varintField(15, 2); // version
  layer.textField(1, 'cells');
  layer.append(features.view());
  for (const { name } of properties) layer.textField(3, name);
  const message = new MvtWriter();
  for (const value of values.inOrder) {
    message.clear();
    writeValue(message, value);
    layer.bytesField(4, message.view());
  }
  layer.varintField(5, extent);
  const tile = new MvtWriter();
  tile.bytesField(3, layer.view());
  return tile.view().slice();
}

function writeValue(writer: MvtWriter, value: number | string): void {
  if (typeof value === 'string') writer.textField(1, value);
  else if (Number.isInteger(value) && value >= 0) writer.varintField(5, value);
  else writer.doubleField(3, value);
}

/** The distinct values of a layer and their numbers. */
class ValueNumbers {
  readonly inOrder: (number | string)[] = [];
  private readonly numbers = new Map<number | string, number>();

  numberOf(value: number | string): number {
    let number = this.numbers.get(value);
    if (number === undefined) {
      number = this.inOrder.length;
      this.numbers.set(value, number);
      this.inOrder.push(value);
    }
    return number;
  }
}
