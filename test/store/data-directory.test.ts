import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startThread } from '../../server/start-thread.ts';
import { type Hold, type Holder, holdDataDirectory, socketFolder } from '../../server/store/data-directory.ts';
import { openDatabase } from '../../server/store/database.ts';

let directory: string;
let lock: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'hotspot-lock-'));
  lock = join(directory, 'lock.json');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const hold = () => holdDataDirectory(directory) as Hold;
const module = fileURLToPath(new URL('../../server/store/data-directory.ts', import.meta.url));

/** Another process that takes the directory, says what it got, and lives until it is killed. */
async function holdElsewhere() {
  const program = `
    import { holdDataDirectory } from ${JSON.stringify(module)};
    const hold = holdDataDirectory(${JSON.stringify(directory)});
    if (!('pid' in hold)) hold.announce({ host: '/run/there', port: 5432 });
    console.log('pid' in hold ? 'refused' : 'taken');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program]);
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    pid: child.pid!,
    said: said.toString().trim(),
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

describe('the data directory', () => {
  it('is made for its owner only, and is free again after release', () => {
    const inner = join(directory, 'a', 'b');
    const first = holdDataDirectory(inner) as Hold;
    expect(statSync(inner).mode & 0o077).toBe(0);
    expect(first.databaseDirectory).toBe(join(inner, 'postgres'));
    first.release();
    expect(existsSync(join(inner, 'lock.json'))).toBe(false);
    (holdDataDirectory(inner) as Hold).release();
  });

  it('tells a second opener who has it and where that one answers', () => {
    const first = hold();
    expect(holdDataDirectory(directory)).toEqual({ pid: process.pid, host: '', port: 0 });
    first.announce({ host: '/run/here', port: 5432 });
    expect(holdDataDirectory(directory)).toEqual({ pid: process.pid, host: '/run/here', port: 5432 });
    first.release();
  });

  it('tells threads of the same process the same, which join the database instead of opening it again', async () => {
    const first = hold();
    first.announce({ host: '/run/here', port: 5432 });
    const inThread = async () => {
      const thread = startThread(new URL('../helpers/hold-in-thread.ts', import.meta.url), directory);
      const [said] = (await once(thread, 'message')) as [unknown];
      await thread.terminate();
      return said;
    };
    expect(await inThread()).toEqual({ pid: process.pid, host: '/run/here', port: 5432 });
    expect(existsSync(lock)).toBe(true);
    first.release();
    expect(await inThread()).toBe('taken');
  });

  it('tells another process the same, and is free when that one is killed', async () => {
    const other = await holdElsewhere();
    expect(other.said).toBe('taken');
    expect(holdDataDirectory(directory)).toEqual({ pid: other.pid, host: '/run/there', port: 5432 } satisfies Holder);
    await other.kill();
    expect(existsSync(lock)).toBe(true);
    const mine = hold();
    expect(JSON.parse(readFileSync(lock, 'utf8')).pid).toBe(process.pid);
    mine.release();
  });

  it('refuses a process of its own while this one has it', async () => {
    const mine = hold();
    const other = await holdElsewhere();
    expect(other.said).toBe('refused');
    await other.kill();
    mine.release();
  });

  it.each([
    ['of a process that is gone', JSON.stringify({ pid: 2 ** 22 + 1, host: '/x', port: 5432 })],
    ['of an earlier process with our number, as in a container', JSON.stringify({ pid: process.pid, port: 5432 })],
    ['half written', '{"pid":'],
    ['empty', ''],
    ['of something else', '{"pid":"one"}'],
  ])('clears a lock %s', (_, text) => {
    writeFileSync(lock, text);
    const mine = hold();
    expect(mine).toHaveProperty('release');
    mine.release();
  });

  it.runIf(process.platform === 'linux')('clears a lock whose number has gone to another process since', () => {
    writeFileSync(lock, JSON.stringify({ pid: process.ppid, started: '1', host: '/x', port: 5432 }));
    const mine = hold();
    expect(mine).toHaveProperty('release');
    mine.release();
  });

  it('refuses data of another version of PostgreSQL in one line, and does not keep the lock', () => {
    mkdirSync(join(directory, 'postgres'));
    writeFileSync(join(directory, 'postgres', 'PG_VERSION'), '19\n');
    expect(() => holdDataDirectory(directory)).toThrow(
      /was written by PostgreSQL 19; this version of the service has 18/,
    );
    expect(existsSync(lock)).toBe(false);
  });

  it('refuses a path that is a file, in one line', () => {
    const file = join(directory, 'file');
    writeFileSync(file, '');
    expect(() => holdDataDirectory(file)).toThrow(/^cannot use the data directory .*file/);
    expect(() => holdDataDirectory(join(file, 'below'))).toThrow(/^cannot use the data directory/);
  });

  it('puts the socket where its path is short enough', () => {
    expect(socketFolder(directory)).toBe(directory);
    const deep = join(directory, 'x'.repeat(100));
    const folder = socketFolder(deep);
    expect(join(folder, '.s.PGSQL.5432').length).toBeLessThan(100);
    rmSync(folder, { recursive: true });
  });

  it('tells a command to wait while another process is still opening it, and a service to stop that one', async () => {
    writeFileSync(lock, JSON.stringify({ pid: process.ppid }));
    const options = { databaseUrl: undefined, dataDirectory: directory };
    await expect(openDatabase({ ...options, role: 'command' })).rejects.toThrow(
      `is being opened by process ${process.ppid}; wait until it is ready, or end it`,
    );
    writeFileSync(lock, JSON.stringify({ pid: process.ppid, host: '/nowhere', port: 5432 }));
    await expect(openDatabase({ ...options, role: 'service' })).rejects.toThrow('in use by another running service');
  });
});
