import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CategoryNode,
  categoryTree,
  checkState,
  findCategory,
  toggleCategory,
} from '../../client/panels/category-tree.ts';

const categories = [
  { code: 'violence', name: 'Violence', count: 0 },
  { code: 'violence.with-injury', name: 'With injury', count: 5 },
  { code: 'violence.without-injury', name: 'Without injury', count: 7 },
  { code: 'fire', name: 'Fire', count: 2 },
  { code: 'fire.primary.vehicle', name: 'Vehicle', count: 1 },
  { code: 'fire.primary.dwelling', name: 'Dwelling', count: 4 },
  { code: 'fire.secondary.refuse', name: 'Refuse', count: 30 },
];
const tree = categoryTree(categories);

const leaves = (nodes: readonly CategoryNode[]): string[] =>
  nodes.flatMap((node) => (node.children.length > 0 ? leaves(node.children) : [node.code]));
const codes = (nodes: readonly CategoryNode[]): string[] =>
  nodes.flatMap((node) => [node.code, ...codes(node.children)]);
const takenIn = (selected: readonly string[]) =>
  categories
    .map(({ code }) => code)
    .filter((code) => selected.some((one) => code === one || code.startsWith(`${one}.`)));

describe('the category tree', () => {
  test('adds up what lies below', () => {
    expect(tree.map(({ code, count }) => [code, count])).toEqual([
      ['violence', 12],
      ['fire', 37],
    ]);
    expect(findCategory(tree, 'fire.primary')?.count).toBe(5);
  });

  test('makes the parents nobody listed', () => {
    expect(findCategory(tree, 'fire.secondary')).toMatchObject({ name: 'Secondary', own: 0, count: 30 });
  });

  test('loses and doubles nothing, whatever the codes', () => {
    const code = fc.stringMatching(/^[ab](\.[ab]){0,3}$/);
    const any = fc.uniqueArray(fc.record({ code, name: fc.constant('x'), count: fc.nat(50) }), {
      selector: (category) => category.code,
    });
    fc.assert(
      fc.property(any, (made) => {
        const rolledUp = categoryTree(made).reduce((sum, { count }) => sum + count, 0);
        expect(rolledUp).toBe(made.reduce((sum, { count }) => sum + count, 0));
      }),
    );
  });
});

describe('ticking categories', () => {
  test('a parent takes all below it, and shows it', () => {
    const selected = toggleCategory(tree, [], 'fire');
    expect(selected).toEqual(['fire']);
    expect(checkState(findCategory(tree, 'fire.primary.vehicle') as CategoryNode, selected)).toBe('all');
  });

  test('taking one child out leaves its siblings', () => {
    expect(toggleCategory(tree, ['fire'], 'fire.primary.vehicle')).toEqual(['fire.primary.dwelling', 'fire.secondary']);
  });

  test('a parent is half ticked while only some below it are', () => {
    expect(checkState(tree[0] as CategoryNode, ['violence.with-injury'])).toBe('some');
  });

  test('all children make the parent, unless it holds incidents of its own', () => {
    expect(toggleCategory(tree, ['violence.with-injury'], 'violence.without-injury')).toEqual(['violence']);
    expect(toggleCategory(tree, ['fire.primary'], 'fire.secondary')).toEqual(['fire.primary', 'fire.secondary']);
  });

  test('twice on the same box changes nothing that leaves can see', () => {
    const click = fc.constantFrom(...codes(tree));
    fc.assert(
      fc.property(fc.array(click, { maxLength: 6 }), fc.constantFrom(...leaves(tree)), (clicks, leaf) => {
        const before = clicks.reduce((selected, code) => toggleCategory(tree, selected, code), [] as string[]);
        const after = toggleCategory(tree, toggleCategory(tree, before, leaf), leaf);
        const seen = (selected: string[]) => takenIn(selected).filter((code) => leaves(tree).includes(code));
        expect(seen(after)).toEqual(seen(before));
      }),
    );
  });

  test('never selects a category and its parent at once', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...codes(tree)), { maxLength: 8 }), (clicks) => {
        const selected = clicks.reduce((so, code) => toggleCategory(tree, so, code), [] as string[]);
        for (const one of selected) for (const other of selected) expect(other.startsWith(`${one}.`)).toBe(false);
      }),
    );
  });
});
