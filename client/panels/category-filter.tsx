import { signal } from '@preact/signals';
import type { Catalog } from '../../server/model.ts';
import { summaryOfCategories } from '../data.ts';
import { formatCount } from '../format.ts';
import { changeFilter, view } from '../state.ts';
import { type CategoryNode, categoryTree, checkState, toggleCategory } from './category-tree.ts';

type Props = { readonly catalog: Catalog };

/** Branches opened or closed by hand. */
const branches = signal<ReadonlyMap<string, boolean>>(new Map());

/** The tree of categories; nothing ticked means all. Counts are those under the rest of the filter. */
export function CategoryFilter({ catalog }: Props) {
  const held = categoryTree(catalog.categories);
  const counted = summaryOfCategories.value?.categories;
  const counts = counted && countsByCode(categoryTree(withZeros(catalog, counted)));
  const selected = view.value.filter.categories ?? [];
  const toggle = (code: string) => changeFilter({ categories: toggleCategory(held, selected, code) });
  return (
    <fieldset class="group">
      <legend class="visually-hidden">Category</legend>
      <Branch
        nodes={held}
        selected={selected}
        counts={counts ?? null}
        toggle={toggle}
        openByDefault={size(held) <= 16}
      />
    </fieldset>
  );
}

type BranchProps = {
  readonly nodes: readonly CategoryNode[];
  readonly selected: readonly string[];
  readonly counts: ReadonlyMap<string, number> | null;
  readonly toggle: (code: string) => void;
  readonly openByDefault: boolean;
};

function Branch({ nodes, ...rest }: BranchProps) {
  const shown = nodes.filter((node) => node.count > 0 || checkState(node, rest.selected) !== 'none');
  return (
    <ul class="tree">
      {shown.map((node) => (
        <Item key={node.code} node={node} {...rest} />
      ))}
    </ul>
  );
}

function Item({ node, ...rest }: Omit<BranchProps, 'nodes'> & { readonly node: CategoryNode }) {
  const state = checkState(node, rest.selected);
  const children = node.children.filter(({ count }) => count > 0);
  const open = branches.value.get(node.code) ?? (rest.openByDefault || state === 'some');
  const count = rest.counts?.get(node.code);
  return (
    <li>
      <div class="tree-row">
        {children.length > 0 ? (
          <button
            type="button"
            class="icon-button chevron"
            aria-expanded={open}
            aria-label={`${node.name}: show what is below`}
            onClick={() => {
              branches.value = new Map(branches.value).set(node.code, !open);
            }}
          >
            <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
              <path d="M5 3l5 5-5 5" fill="none" stroke="currentColor" stroke-width="1.75" />
            </svg>
          </button>
        ) : (
          <span class="chevron-space" />
        )}
        <label class="check">
          <input
            type="checkbox"
            checked={state === 'all'}
            indeterminate={state === 'some'}
            onChange={(event) => {
              rest.toggle(node.code);
              // The selection decides what is ticked, not the browser.
              event.currentTarget.checked = state !== 'all';
            }}
          />
          <span class="check-text">{node.name}</span>
          <span class="check-count">{count === undefined ? '' : formatCount(count)}</span>
        </label>
      </div>
      {open && children.length > 0 && <Branch nodes={children} {...rest} />}
    </li>
  );
}

function withZeros(catalog: Catalog, counted: readonly { code: string; name: string; count: number }[]) {
  const counts = new Map(counted.map(({ code, count }) => [code, count]));
  return catalog.categories.map(({ code, name }) => ({ code, name, count: counts.get(code) ?? 0 }));
}

function countsByCode(nodes: readonly CategoryNode[]): Map<string, number> {
  return new Map(nodes.flatMap((node) => [[node.code, node.count] as const, ...countsByCode(node.children)]));
}

function size(nodes: readonly CategoryNode[]): number {
  return nodes.filter(({ count }) => count > 0).reduce((sum, node) => sum + 1 + size(node.children), 0);
}
