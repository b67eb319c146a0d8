import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const serverUrl = process.env.HOTSPOT_TEST_DATABASE_URL;
if (!serverUrl) {
  process.stderr.write(
    'SKIPPED "wrong password", "no such database", "may not create PostGIS": they need HOTSPOT_TEST_DATABASE_URL.\n',
  );
}

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'hotspot-main-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function start(environment: NodeJS.ProcessEnv) {
  const settings = { PORT: '0', DATABASE_URL: '', HOTSPOT_DATA_DIR: directory, HOTSPOT_DEMO: 'off' };
  return spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    env: { ...process.env, ...settings, ...environment },
  });
}

/** What the service says when it cannot start: it must end by itself, with one line and no stack. */
async function failure(environment: NodeJS.ProcessEnv): Promise<string> {
  const child = start(environment);
  let errors = '';
  child.stderr.on('data', (data) => (errors += data));
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBe(1);
  expect(errors).toMatch(/^hotspot: [^\n]+\n$/);
  expect(errors).not.toContain('    at ');
  return errors.slice('hotspot: '.length, -1);
}

/** A server on a port of its own while `work` runs. */
async function withServer<T>(answer: (socket: Socket) => void, work: (port: number) => Promise<T>): Promise<T> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => {});
    answer(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await work((server.address() as { port: number }).port);
  } finally {
    server.close();
  }
}

describe('the service, when it cannot start, says in one line', () => {
  it('which settings are wrong', async () => {
    const said = await failure({ PORT: 'eighty', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://u:secret@h/d' });
    expect(said).toContain('PORT: "eighty" is not usable (expected a number)');
    expect(said).toContain('LOG_LEVEL: "loud" is not usable');
    expect(said).toContain('DATABASE_URL: the value given is not usable');
    expect(said).not.toContain('secret');
  });

  it('that its port is in use', () =>
    withServer(
      () => {},
      async (port) => {
        expect(await failure({ PORT: String(port) })).toBe(
          `port ${port} on 127.0.0.1 is in use; stop what uses it, or set PORT to another`,
        );
      },
    ));

  it('that it may not listen at an address that is not its own', async () => {
    expect(await failure({ HOST: '192.0.2.1' })).toMatch(/^cannot listen on 192\.0\.2\.1:0: .*; set HOST and PORT$/);
  });

  it('that nothing answers where the database should be, without its password', async () => {
    const said = await failure({ DATABASE_URL: 'postgres://hot:secret@127.0.0.1:1/hot' });
    expect(said).toBe(
      'cannot use PostgreSQL at 127.0.0.1:1, database hot: nothing answers there; start the server, or correct DATABASE_URL',
    );
  });

  it('that what answers is no database', () =>
    withServer(
      (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      async (port) => {
        const said = await failure({ DATABASE_URL: `postgres://hot@127.0.0.1:${port}/hot` });
        expect(said).toContain(`cannot use PostgreSQL at 127.0.0.1:${port}, database hot: `);
      },
    ));

  it('that another process has the data directory', async () => {
    const lock = { pid: process.pid, host: directory, port: 5432 };
    writeFileSync(join(directory, 'lock.json'), JSON.stringify(lock));
    expect(await failure({})).toBe(
      `the data directory ${directory} is in use by another running service; stop it, or set HOTSPOT_DATA_DIR`,
    );
    expect(existsSync(join(directory, 'lock.json'))).toBe(true);
  });

  it('that the data directory is of a newer version', async () => {
    mkdirSync(join(directory, 'postgres'));
    writeFileSync(join(directory, 'postgres', 'PG_VERSION'), '19\n');
    expect(await failure({})).toContain('was written by PostgreSQL 19; this version of the service has 18');
    expect(existsSync(join(directory, 'lock.json'))).toBe(false);
  });

  it('that the data directory is damaged', async () => {
    mkdirSync(join(directory, 'postgres'));
    writeFileSync(join(directory, 'postgres', 'PG_VERSION'), '18\n');
    expect(await failure({})).toContain(`the embedded database in ${directory} did not open`);
    expect(existsSync(join(directory, 'lock.json'))).toBe(false);
  });

  it('that the data directory is a file', async () => {
    writeFileSync(join(directory, 'file'), '');
    expect(await failure({ HOTSPOT_DATA_DIR: join(directory, 'file') })).toContain('cannot use the data directory');
  });
});

describe.runIf(serverUrl)('the service, with a PostgreSQL server, says in one line', () => {
  const administer = async (...statements: string[]) => {
    const client = new pg.Client({ connectionString: serverUrl! });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  const address = (change: (url: URL) => void) => {
    const url = new URL(serverUrl!);
    change(url);
    return url.href;
  };

  it('that the password is wrong, and does not repeat it', async () => {
    const said = await failure({ DATABASE_URL: address((url) => (url.password = 'sesame')) });
    expect(said).toContain('the password is wrong; correct DATABASE_URL');
    expect(said).not.toContain('sesame');
  });

  it('that there is no such database', async () => {
    const said = await failure({ DATABASE_URL: address((url) => (url.pathname = '/hotspot_not_there')) });
    expect(said).toContain('there is no such database; create it, or correct DATABASE_URL');
  });

  it('that it may not create PostGIS in a database without it', async () => {
    const name = `hotspot_test_${process.pid}`;
    await administer(`create role ${name} login password 'weak'`, `create database ${name} owner ${name}`);
    try {
      const url = address((one) => Object.assign(one, { username: name, password: 'weak', pathname: `/${name}` }));
      expect(await failure({ DATABASE_URL: url })).toContain(
        'the user may not create the tables or the PostGIS extension',
      );
    } finally {
      await administer(`drop database ${name} with (force)`, `drop role ${name}`);
    }
  });
});

describe('the service, stopped while it starts', () => {
  it('ends in order on Ctrl-C', async () => {
    // a database that never answers keeps it starting
    await withServer(
      () => {},
      async (port) => {
        const child = start({ DATABASE_URL: `postgres://hot@127.0.0.1:${port}/hot` });
        let output = '';
        await new Promise<void>((resolve) => {
          child.stdout.on('data', (data) => {
            output += data;
            if (output.includes('Connecting')) resolve();
          });
        });
        child.kill('SIGINT');
        const [code] = (await once(child, 'exit')) as [number | null];
        expect(code).toBe(0);
        expect(output).toContain('Stopping.');
      },
    );
  });
});
