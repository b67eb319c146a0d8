import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const stages = ['import', 'locate', 'store', 'count', 'statistics', 'tiles', 'report', 'demo', 'patrol', 'download'];

/** A source file: its path from the root of the project, with forward slashes, and its text. */
type Source = { readonly path: string; readonly text: string };
type Import = { readonly from: string; readonly to: string };

const server = sources('server', /\.ts$/);
const client = sources('client', /\.tsx?$/);
const tests = sources('test', /\.ts$/);

function sources(folder: string, wanted: RegExp): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => wanted.test(name))
    .map((name) => join(root, folder, name))
    .map((path) => ({ path: relative(root, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }));
}

/** Relative imports of a file, dynamic ones and `new URL('./…', import.meta.url)` of modules too. */
function importsOf({ path, text }: Source): Import[] {
  const statements = text.matchAll(
    /(?:^|\n)(?:import|export)\s+(?:type\s)?[^;'"]*?from\s+['"](\.[^'"]+)['"]|(?:import\(|new URL\()\s*['"](\.[^'"]+\.tsx?)['"]/g,
  );
  return [...statements].map(([, imported, other]) => ({
    from: path,
    to: join(dirname(path), (imported ?? other) as string).replaceAll('\\', '/'),
  }));
}

/** How far along the way a file of the server stands, and its stage. */
function place(path: string): { level: number; stage: string } {
  const [, folder = '', ...rest] = path.split('/');
  if (rest.length > 0) {
    if (stages.includes(folder)) return { level: 1, stage: folder };
    if (folder === 'flows') return { level: 2, stage: folder };
    if (folder === 'routes') return { level: 3, stage: folder };
    if (folder === 'commands') return { level: 5, stage: folder };
    return { level: Number.NaN, stage: folder };
  }
  if (
    [
      'model.ts',
      'analyses-model.ts',
      'import-model.ts',
      'errors.ts',
      'askers.ts',
      'folders.ts',
      'hex-digits.ts',
      'shared-array.ts',
      'start-thread.ts',
      'threads.ts',
    ].includes(folder)
  )
    return { level: 0, stage: folder };
  // what routes are handed
  if (folder === 'service.ts') return { level: 2.5, stage: folder };
  if (folder === 'app.ts') return { level: 4, stage: folder };
  return { level: 5, stage: folder };
}

function isAllowed({ from, to }: Import): boolean {
  const [importer, imported] = [place(from), place(to)];
  if (importer.level === imported.level && importer.level === 1) return importer.stage === imported.stage;
  return importer.level >= imported.level;
}

const arrow = ({ from, to }: Import) => `${from} -> ${to}`;
/** Without comments, so that words about SQL or the environment are not taken for it. */
const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:])\/\/.*$/gm, '$1');

describe('the architecture', () => {
  it('finds the files it speaks of', () => {
    expect(server.length).toBeGreaterThan(60);
    expect(client.length).toBeGreaterThan(20);
    expect(server.flatMap(importsOf).length).toBeGreaterThan(150);
  });

  it('knows the place of every folder of the server', () => {
    expect(server.filter(({ path }) => Number.isNaN(place(path).level)).map(({ path }) => path)).toEqual([]);
  });

  it('lets imports go one way: vocabulary, stages, flows, routes, app; and stages never import one another', () => {
    expect(
      server
        .flatMap(importsOf)
        .filter((found) => !isAllowed(found))
        .map(arrow),
    ).toEqual([]);
  });

  it('lets nothing import the programs main and cli', () => {
    const programs = ['server/main.ts', 'server/cli.ts'];
    expect([...server, ...client, ...tests].flatMap(importsOf).filter(({ to }) => programs.includes(to))).toEqual([]);
  });

  it('lets the client import only the vocabulary from the server', () => {
    const crossing = client.flatMap(importsOf).filter(({ to }) => !to.startsWith('client/'));
    const vocabulary = ['server/model.ts', 'server/analyses-model.ts', 'server/import-model.ts'];
    expect(crossing.filter(({ to }) => !vocabulary.includes(to)).map(arrow)).toEqual([]);
  });

  it('lets the server import nothing from the client or the tests', () => {
    const crossing = server.flatMap(importsOf).filter(({ to }) => !to.startsWith('server/'));
    expect(crossing.map(arrow)).toEqual([]);
  });

  it('keeps SQL in sql/', () => {
    const statement = /(['"`])\s*(select\s[^'"`]*\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s)/i;
    expect(server.filter(({ text }) => statement.test(code(text))).map(({ path }) => path)).toEqual([]);
  });

  it('opens every file of SQL with its purpose', () => {
    const files = sources('sql', /\.sql$/);
    expect(files.length).toBeGreaterThan(30);
    expect(files.filter(({ text }) => !/^-- \S/.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('explains every parameter of a query in the comment that opens it', () => {
    const unexplained = sources('sql/queries', /\.sql$/).flatMap(({ path, text }) => {
      const comment = text.split('\n').filter((line) => line.startsWith('--'));
      const body = text.replace(/^--.*$/gm, '');
      const spans = comment.join(' ').matchAll(/\$(\d+)(?: to \$(\d+))?/g);
      const explained = new Set(
        [...spans].flatMap(([, first, last = first]) =>
          Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index),
        ),
      );
      const used = [...body.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number));
      return used.filter((number) => !explained.has(number)).map((number) => `${path}: $${number}`);
    });
    expect(unexplained).toEqual([]);
  });

  it('runs every query from somewhere', () => {
    const names = sources('sql/queries', /\.sql$/).map(({ path }) => path.slice('sql/queries/'.length, -'.sql'.length));
    const used = server.map(({ text }) => text).join('\n');
    expect(names.filter((name) => !used.includes(`'${name}'`))).toEqual([]);
  });

  it('reads the environment in config.ts alone, which main and cli hand it', () => {
    const readers = server.filter(({ text }) => /process\.env\b/.test(code(text))).map(({ path }) => path);
    expect(readers.filter((path) => !['server/config.ts', 'server/main.ts', 'server/cli.ts'].includes(path))).toEqual(
      [],
    );
    for (const path of readers) {
      const uses = [...code(server.find((file) => file.path === path)!.text).matchAll(/.*process\.env\b.*/g)];
      expect(uses.every(([line]) => line.includes('readConfig(process.env)'))).toBe(true);
    }
  });

  it('documents every function and class that the server exports', () => {
    const bare = server.flatMap(({ path, text }) =>
      [...text.matchAll(/(?:^|\n)(.*)\nexport (?:async )?(?:function\*?|class) (\w+)/g)]
        .filter(([, before]) => !/\*\/\s*$/.test(before as string))
        .map(([, , name]) => `${path}: ${name}`),
    );
    const first = server.filter(({ text }) => /^export (async )?(function|class)/.test(text)).map(({ path }) => path);
    expect([...bare, ...first]).toEqual([]);
  });

  it('names files in kebab-case', () => {
    const odd = [...server, ...client, ...tests].map(({ path }) => path.split('/').at(-1) as string);
    expect(odd.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.d)?\.tsx?$/.test(name))).toEqual([]);
  });

  it('keeps files under 300 lines', () => {
    const long = [...server, ...client, ...tests].filter(({ text }) => text.split('\n').length > 300);
    // the one vocabulary of server and client grows with every resource
    expect(long.map(({ path }) => path).filter((path) => path !== 'server/model.ts')).toEqual([]);
  });

  it('uses named exports and writes the endings of the files it imports', () => {
    const all = [...server, ...client, ...tests];
    expect(all.filter(({ text }) => /^export default /m.test(text)).map(({ path }) => path)).toEqual([
      'test/global-setup.ts', // vitest asks for it
    ]);
    expect(
      all
        .flatMap(importsOf)
        .filter(({ to }) => !/\.(tsx?|css|json)$/.test(to))
        .map(arrow),
    ).toEqual([]);
  });
});
