import { InputError } from '../errors.ts';
import { requireSameLength } from './check-input.ts';

/**
 * Which cells touch which: the neighbours of cell i are `indices[offsets[i]]` up to (not including)
 * `indices[offsets[i + 1]]`, positions in the study area's list of cells, without the cell itself.
 */
export type Neighbours = { readonly offsets: Uint32Array; readonly indices: Uint32Array };

/** Packs one list of neighbours per cell; throws when a list names its own cell or one that is not there. */
export function neighboursFromLists(lists: readonly Iterable<number>[]): Neighbours {
  const offsets = new Uint32Array(lists.length + 1);
  const indices: number[] = [];
  lists.forEach((list, cell) => {
    for (const other of list) indices.push(other);
    offsets[cell + 1] = indices.length;
  });
  const neighbours = { offsets, indices: Uint32Array.from(indices) };
  requireNeighbours(neighbours, lists.length);
  return neighbours;
}

/** Throws unless the neighbours are well formed and made for this number of cells. */
export function requireNeighbours({ offsets, indices }: Neighbours, cells: number): void {
  requireSameLength('neighbours', offsets.length - 1, 'values', cells);
  if (offsets[0] !== 0 || offsets[cells] !== indices.length)
    throw new InputError(`neighbours.offsets must run from 0 to ${indices.length}, the number of indices.`);
  for (let cell = 0; cell < cells; cell++) {
    const end = offsets[cell + 1] as number;
    if (end < (offsets[cell] as number))
      throw new InputError(`neighbours.offsets falls after cell ${cell}: sort them.`);
    for (let at = offsets[cell] as number; at < end; at++) {
      const other = indices[at] as number;
      if (other >= cells || other === cell)
        throw new InputError(`Cell ${cell} has neighbour ${other}: give other cells, 0 to ${cells - 1}.`);
    }
  }
}

/** Throws unless being a neighbour goes both ways, which the global statistics' variances assume. */
export function requireSymmetric({ offsets, indices }: Neighbours): void {
  for (let cell = 0; cell < offsets.length - 1; cell++)
    for (let at = offsets[cell] as number; at < (offsets[cell + 1] as number); at++) {
      const other = indices[at] as number;
      if (!indices.subarray(offsets[other], offsets[other + 1]).includes(cell))
        throw new InputError(`Cell ${other} is a neighbour of ${cell} but not the other way round: make it mutual.`);
    }
}
