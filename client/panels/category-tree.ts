/** A category with all below it; `count` is its own incidents and theirs, `own` its own alone. */
export type CategoryNode = {
  readonly code: string;
  readonly name: string;
  readonly own: number;
  readonly count: number;
  readonly children: readonly CategoryNode[];
};

type Category = { readonly code: string; readonly name: string; readonly count: number };

/** The tree of dotted codes with counts rolled up; parents nobody listed are made from their code. */
export function categoryTree(categories: readonly Category[]): CategoryNode[] {
  const byCode = new Map(categories.map((category) => [category.code, category]));
  for (const { code } of categories)
    for (const parent of ancestors(code))
      if (!byCode.has(parent)) byCode.set(parent, { code: parent, name: nameFromCode(parent), count: 0 });
  const byParent = new Map<string, Category[]>();
  for (const category of byCode.values()) {
    const siblings = byParent.get(parentOf(category.code));
    if (siblings) siblings.push(category);
    else byParent.set(parentOf(category.code), [category]);
  }
  const nodesBelow = (parent: string): CategoryNode[] =>
    (byParent.get(parent) ?? []).map((category) => {
      const children = nodesBelow(category.code);
      const count = category.count + children.reduce((sum, child) => sum + child.count, 0);
      return { code: category.code, name: category.name, own: category.count, count, children };
    });
  return nodesBelow('');
}

/** How much of a node a selection takes in. */
export function checkState(node: CategoryNode, selected: readonly string[]): 'all' | 'some' | 'none' {
  if (selected.some((code) => code === node.code || isBelow(node.code, code))) return 'all';
  return selected.some((code) => isBelow(code, node.code)) ? 'some' : 'none';
}

/** The selection after a click on a node: shortest form, a parent standing for all its children. */
export function toggleCategory(tree: readonly CategoryNode[], selected: readonly string[], code: string): string[] {
  const covering = selected.find((chosen) => chosen === code || isBelow(code, chosen));
  const next =
    covering === undefined
      ? [...selected.filter((chosen) => !isBelow(chosen, code)), code]
      : [...selected.filter((chosen) => chosen !== covering), ...allBut(tree, covering, code)];
  return collapse(tree, next).sort();
}

/** A node anywhere in the tree. */
export function findCategory(tree: readonly CategoryNode[], code: string): CategoryNode | undefined {
  const node = tree.find((candidate) => candidate.code === code || isBelow(code, candidate.code));
  return node === undefined || node.code === code ? node : findCategory(node.children, code);
}

/** What is left of `from` when `without`, somewhere below it, is taken out. */
function allBut(tree: readonly CategoryNode[], from: string, without: string): string[] {
  if (from === without) return [];
  const children = findCategory(tree, from)?.children ?? [];
  return children.flatMap(({ code }) =>
    code === without || isBelow(without, code) ? allBut(tree, code, without) : [code],
  );
}

/** Replaces complete sets of children by their parent, where the parent holds nothing else. */
function collapse(nodes: readonly CategoryNode[], selected: readonly string[]): string[] {
  let result = [...selected];
  for (const { code, own, children } of nodes) {
    result = collapse(children, result);
    const complete = children.length > 0 && children.every((child) => result.includes(child.code));
    if (complete && own === 0) result = [...result.filter((chosen) => !isBelow(chosen, code)), code];
  }
  return result;
}

function isBelow(code: string, ancestor: string): boolean {
  return code.startsWith(`${ancestor}.`);
}

function parentOf(code: string): string {
  return code.slice(0, Math.max(0, code.lastIndexOf('.')));
}

function ancestors(code: string): string[] {
  const parent = parentOf(code);
  return parent === '' ? [] : [parent, ...ancestors(parent)];
}

function nameFromCode(code: string): string {
  const slug = code.slice(code.lastIndexOf('.') + 1).replaceAll('-', ' ');
  return slug.charAt(0).toUpperCase() + slug.slice(1);
}
