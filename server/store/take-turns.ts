import { pipeline } from 'node:stream/promises';
import type { PoolClient, QueryArrayConfig, QueryResultRow } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** A connection that several pieces of work share: what is asked of it is done one after another, in the order asked. */
export type SharedConnection = {
  /** Runs a statement; a row is an object of its columns. */
  query<R extends QueryResultRow>(statement: string, values?: readonly unknown[]): Promise<{ rows: R[] }>;
  /** Runs a statement of which a row is an array of its values. */
  queryArrays<R>(statement: string, values: readonly unknown[]): Promise<{ rows: R[] }>;
  /** Runs a COPY statement on these bytes, which are to stay as they are until it is done. */
  copy(statement: string, bytes: Buffer): Promise<void>;
};

/** Lets pieces of work share a connection. What fails is told to who asked; what was asked after it is tried all the same. */
export function takeTurns(client: PoolClient): SharedConnection {
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  }
  return {
    query: (statement, values) => inTurn(() => client.query(statement, values && [...values])),
    queryArrays: (text, values) =>
      inTurn(() => client.query<never>({ text, values: [...values], rowMode: 'array' } satisfies QueryArrayConfig)),
    copy: (statement, bytes) => inTurn(() => pipeline([bytes], client.query(copyFrom(statement)))),
  };
}
