import { StartupError } from '../errors.ts';

/** What PostgreSQL's and the network's codes mean to a person, and what to do. */
const meanings: Readonly<Record<string, string>> = {
  '28P01': 'the password is wrong; correct DATABASE_URL',
  '28000': 'the user may not log in from here; check DATABASE_URL and the server’s pg_hba.conf',
  '3D000': 'there is no such database; create it, or correct DATABASE_URL',
  '42501':
    'the user may not create the tables or the PostGIS extension; grant it, or let an administrator run "create extension postgis"',
  '53300': 'the server has no free connections; close some, or raise max_connections',
  '57P03': 'the server is still starting; try again in a moment',
  ECONNREFUSED: 'nothing answers there; start the server, or correct DATABASE_URL',
  ENOENT: 'nothing answers there; start the server, or correct DATABASE_URL',
  ENOTFOUND: 'there is no such host; correct DATABASE_URL',
  EAI_AGAIN: 'the host name cannot be looked up now; correct DATABASE_URL or the network',
  ECONNRESET: 'the server closed the connection; check that it is a PostgreSQL server',
  ETIMEDOUT: 'the server does not answer; check the address and the network',
};

/** One line for a person out of whatever connecting or migrating threw; the original error is its cause. */
export function connectionFailure(error: unknown, description: string): StartupError {
  const inner = error instanceof AggregateError ? error.errors[0] : error;
  const { code = '', message = String(inner) } = inner as { code?: string; message?: string };
  const meaning = meanings[code] ?? (/timeout/i.test(message) ? meanings.ETIMEDOUT : message);
  return new StartupError(`cannot use ${description}: ${meaning}`, { cause: error });
}
