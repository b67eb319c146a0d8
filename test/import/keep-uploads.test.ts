import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputError, NotFoundError } from '../../server/errors.ts';
import { keepUploads, type Uploads } from '../../server/import/keep-uploads.ts';

let folder: string;
let uploads: Uploads;
const describeFile = async (_path: string, name: string) => {
  if (name === 'bad.csv') throw new InputError('bad.csv is a photograph');
  return { kind: 'csv' as const, tables: [{ name, rows: null }] };
};

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'uploads-')), 'uploads');
  uploads = keepUploads(folder, describeFile, 1_000);
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const stream = (...pieces: string[]) => Readable.from(pieces.map((piece) => Buffer.from(piece)));
const kept = () => (existsSync(folder) ? readdirSync(folder) : []);

describe('files that are sent', () => {
  it('are kept under names of the service’s own making, readable by nobody else', async () => {
    const sent = await uploads.receive(stream('a,b\n', '1,2\n'), '../Ward log.csv', null);
    expect(sent).toMatchObject({ name: 'Ward log.csv', bytes: 8, kind: 'csv' });
    expect(kept().sort()).toEqual([sent.upload, `${sent.upload}.json`]);
    if (process.platform !== 'win32') expect(statSync(sent.path).mode & 0o077).toBe(0);
    expect(await uploads.find(sent.upload)).toEqual(sent);
    // another service on the same folder, after a restart, knows it too
    expect(await keepUploads(folder, describeFile).find(sent.upload)).toEqual(sent);
  });

  it.each([
    ['too long, as announced', () => uploads.receive(stream('a'), 'a.csv', 1_001), 413],
    ['too long, as it turns out', () => uploads.receive(stream('a'.repeat(600), 'a'.repeat(600)), 'a.csv', 10), 413],
    ['empty', () => uploads.receive(stream(), 'a.csv', 0), undefined],
    ['no table', () => uploads.receive(stream('a'), 'bad.csv', null), undefined],
  ])('leave nothing behind when they are %s', async (_, receive, status) => {
    await expect(receive()).rejects.toMatchObject(status ? { statusCode: status } : { name: 'InputError' });
    expect(kept()).toEqual([]);
  });

  it('leave nothing behind when they break off', async () => {
    const broken = new Readable({ read() {} });
    broken.push('a,b\n');
    setTimeout(() => broken.destroy(Object.assign(new Error('gone'), { code: 'ECONNRESET' })), 20);
    await expect(uploads.receive(broken, 'a.csv', null)).rejects.toThrow('broke off');
    expect(kept()).toEqual([]);
  });

  it('are removed when asked, and after a day', async () => {
    const [first, second, third] = [
      await uploads.receive(stream('a'), 'a.csv', null),
      await uploads.receive(stream('b'), 'b.csv', null),
      await uploads.receive(stream('c'), 'c.csv', null),
    ];
    await uploads.remove(first.upload);
    await expect(uploads.remove(first.upload)).rejects.toThrow(NotFoundError);
    const yesterday = Date.now() / 1000 - 25 * 3600;
    for (const name of [second.path, `${second.path}.json`]) utimesSync(name, yesterday, yesterday);
    await uploads.removeOld();
    expect(kept().sort()).toEqual([third.upload, `${third.upload}.json`]);
  });

  it('are found by their ids alone', async () => {
    writeFileSync(`${join(folder, '..')}/secret.json`, '{}');
    for (const id of ['../secret', 'secret', '', '.', `${'a'.repeat(32)}/../../secret`, 'A'.repeat(32)]) {
      await expect(uploads.find(id)).rejects.toThrow(NotFoundError);
    }
  });
});
