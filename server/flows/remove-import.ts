import { InputError, NotFoundError } from '../errors.ts';
import type { Removal } from '../import-model.ts';
import type { Database } from '../store/database.ts';
import { readRemovalEffect, removeImportRows } from '../store/remove-import.ts';
import { readImport } from '../store/status.ts';

type Client = Parameters<Parameters<Database['read']>[0]>[0];

/** What undoing an import would do; nothing is changed. */
export function previewRemoval(database: Database, id: number): Promise<Removal> {
  return database.read((client) => removalOf(client, id));
}

/** Undoes an import, whole or not at all, and tells what that did. Its file can be imported again at any time. */
export function removeImport(database: Database, id: number): Promise<Removal> {
  return database.change(async (client) => {
    const removal = await removalOf(client, id);
    await removeImportRows(client, id);
    return { ...removal, import: (await readImport(client, id))! };
  });
}

async function removalOf(client: Client, id: number): Promise<Removal> {
  const found = await readImport(client, id);
  if (!found) throw new NotFoundError(`there is no import ${id}; the list of imports has their numbers`);
  if (found.removedAt !== null) {
    throw new InputError(`import ${id} (${found.fileName}) was undone already; import its file again if it is wanted`, {
      code: 'already-removed',
    });
  }
  return { import: found, ...(await readRemovalEffect(client, id)) };
}
