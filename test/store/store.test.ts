import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../server/store/database.ts';
import { openDatabase } from '../../server/store/database.ts';
import { migrations } from '../../server/store/sql.ts';
import { resetData } from '../../server/store/status.ts';
import { markServed, readServed, readVersion, waitUntilServed } from '../../server/store/versions.ts';
import { plainIncident } from '../helpers/columns.ts';
import { databaseKind, freshDatabase, type TestDatabase } from '../helpers/database.ts';
import { rowOf, store } from '../helpers/incident-rows.ts';
import { areas } from './areas.ts';
import { changes } from './changes.ts';
import { counting } from './counting.ts';
import { undoing } from './undoing.ts';
import { writing } from './writing.ts';

// one database for all of these: opening one costs seconds
let options: TestDatabase;
let database: Database;
beforeAll(async () => {
  options = await freshDatabase();
  database = await openDatabase({ ...options, role: 'service' });
});
afterAll(async () => {
  await database?.close();
  await options?.remove();
});

describe(`writing incidents, on ${databaseKind}`, () => writing(() => database));
describe(`changes of the data, on ${databaseKind}`, () => changes(() => database));
describe(`writing areas, on ${databaseKind}`, () => areas(() => database));
describe(`undoing imports, on ${databaseKind}`, () => undoing(() => database));
describe(`counting, on ${databaseKind}`, () => counting(() => database));

describe(`several at once, on ${databaseKind}`, () => {
  it('makes changes one after the other, and loses none', async () => {
    await database.change(resetData);
    const before = await database.read(readVersion);
    const imports = Array.from({ length: 5 }, (_, index) => [
      rowOf(plainIncident, `${index}`),
      rowOf(plainIncident, 'all'),
    ]);
    const results = await Promise.all(imports.map((rows) => store(database, rows)));
    expect(results.reduce((sum, { added }) => sum + added, 0)).toBe(6);
    expect(await database.read(readVersion)).toBe(before + 5);
  });

  it('tells of each change once it is committed, and of none that fails', async () => {
    let told = 0;
    await database.onChange(() => told++);
    const before = await database.read(readVersion);
    await database.change(async () => Promise.reject(new Error('Kaboom'))).catch(() => {});
    await store(database, [rowOf(plainIncident, 'told')]);
    await expect.poll(() => told).toBe(1);
    expect(await database.read(readVersion)).toBe(before + 1);
  });

  it('is joined by a command in the middle of things, which waits until the service shows its change', async () => {
    const command = await openDatabase({ ...options, role: 'command' });
    expect(await command.hasService()).toBe(true);
    await store(command, [rowOf(plainIncident, 'by command')]);
    const version = await command.read(readVersion);
    expect(await waitUntilServed(command, 100)).toBe(false);
    const waiting = waitUntilServed(command, 20_000);
    await database.change((client) => markServed(client, version));
    expect(await waiting).toBe(true);
    expect(await command.read(readServed)).toBe(version);
    await command.close();
  });
});

describe(`migrations, on ${databaseKind}`, () => {
  it('are harmless to repeat, and to run twice at once', async () => {
    const repeated = () => openDatabase({ ...options, role: 'command' });
    const opened = await Promise.all([repeated(), repeated()]);
    for (const one of opened) await one.close();
    const done = await database.read((client) => client.query('select name from migration order by name'));
    expect(done.rows.map(({ name }) => name)).toEqual(migrations().map(({ name }) => name));
  });

  it('of a newer service are refused in one line, and the tables left alone', async () => {
    await database.change((client) => client.query("insert into migration (name) values ('9999-from-the-future.sql')"));
    const opening = openDatabase({ ...options, role: 'command' });
    await expect(opening).rejects.toThrow(
      /^the database was written by a newer version of this service \(it has 9999-from-the-future\.sql\); update the service$/,
    );
    await database.change((client) => client.query("delete from migration where name like '9999%'"));
  });
});
