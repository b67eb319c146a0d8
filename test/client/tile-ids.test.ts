import fc from 'fast-check';
import { PbfWriter } from 'pbf';
import { describe, expect, it } from 'vitest';
import { tileIds } from '../../client/cells/tile-ids.ts';
import { readTile } from '../helpers/read-tile.ts';

type Feature = { readonly id: number | null; readonly name: string };

/** A tile of points, written by the library that vector tiles are read with. */
function tileOf(layers: readonly (readonly Feature[])[]): Uint8Array {
  const tile = new PbfWriter();
  for (const [index, features] of layers.entries()) {
    tile.writeMessage(
      3,
      (_, layer) => {
        layer.writeVarintField(15, 2);
        layer.writeStringField(1, `layer ${index}`);
        for (const feature of features) layer.writeMessage(2, writeFeature, feature);
        for (const { name } of features) layer.writeStringField(3, name);
        layer.writeDoubleField(20, Math.PI);
        layer.writeFloatField(21, 1.5);
        layer.writeVarintField(5, 4096);
      },
      null,
    );
  }
  return tile.finish();
}

function writeFeature({ id }: Feature, feature: PbfWriter): void {
  feature.writeVarintField(3, 1);
  feature.writePackedVarint(4, [9, 50, 34]);
  if (id !== null) feature.writeVarintField(1, id);
}

const feature = fc.record({ id: fc.option(fc.nat({ max: 2 ** 52 - 1 })), name: fc.string() });

describe('the ids in a vector tile', () => {
  it('are those that another reader finds', () => {
    fc.assert(
      fc.property(fc.array(fc.array(feature, { maxLength: 20 }), { maxLength: 3 }), (layers) => {
        const bytes = tileOf(layers);
        const read = Object.values(readTile(bytes)).flat();
        const known = read.flatMap(({ id }) => (id === undefined ? [] : [id]));
        expect([...tileIds(bytes)]).toEqual(known);
      }),
    );
  });

  it('are none in an empty tile', () => {
    expect(tileIds(new Uint8Array())).toHaveLength(0);
  });
});
