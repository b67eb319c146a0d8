import type { Preview, ProposedUse } from '../../server/import-model.ts';

/** The texts of the first rows under some columns, joined as the import joins them. */
export function textsOf({ columns, rows }: Preview, names: readonly string[]): string[] {
  const indexes = names.map((name) => columns.indexOf(name)).filter((index) => index >= 0);
  return rows.map((row) =>
    indexes
      .map((index) => (row[index] ?? '').trim())
      .filter(Boolean)
      .join(' '),
  );
}

/** An example of what columns give: “01/07/2014 00:12”; null where the first rows are empty. */
export function exampleOf(preview: Preview, names: readonly string[]): string | null {
  if (!names.some(Boolean)) return null;
  const text = textsOf(preview, names).find(Boolean);
  if (text === undefined) return 'Empty in the first rows';
  return `“${text.length > longest ? `${text.slice(0, longest)}…` : text}”`;
}

const longest = 60;

/** Why the service takes the columns for this; null when it does not, or they were chosen by hand. */
export function reasonOf(
  { proposal }: Preview,
  names: readonly string[],
  uses: readonly NonNullable<ProposedUse['use']>[],
): string | null {
  const because = proposal.uses
    .filter(({ column, use }) => names.includes(column) && use !== null && uses.includes(use))
    .map((use) => use.because);
  if (because.length === 0) return null;
  const text = [...new Set(because)].join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
