import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * A package that only the benches need, installed under bench/ at the first use. It is named by a value, so that the
 * project compiles where it is not installed; the asker tells the little of its types that is used.
 */
export async function importPackage<Module>(name: string): Promise<Module> {
  if (!isInstalled(name)) install(name);
  return (await import(name)) as Module;
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}

function install(name: string): void {
  console.log(`${name}: installed under bench/ for this and later runs`);
  const words = 'install --prefix bench --no-package-lock --no-audit --no-fund --ignore-scripts'.split(' ');
  const { status, stderr } = spawnSync('npm', words, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} could not be installed: ${stderr}`);
}
