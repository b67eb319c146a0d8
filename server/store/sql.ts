import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../sql/', import.meta.url);
const statements = new Map<string, string>();

/** The text of `sql/queries/<name>.sql`, read once. All SQL of the project lives in such files. */
export function sql(name: string): string {
  let text = statements.get(name);
  if (text === undefined) {
    text = readFileSync(new URL(`queries/${name}.sql`, folder), 'utf8');
    statements.set(name, text);
  }
  return text;
}

/** The migrations of `sql/migrations/` in order, as name and text. */
export function migrations(): { name: string; text: string }[] {
  const names = readdirSync(new URL('migrations/', folder)).filter((name) => name.endsWith('.sql'));
  return names.sort().map((name) => ({ name, text: readFileSync(new URL(`migrations/${name}`, folder), 'utf8') }));
}
