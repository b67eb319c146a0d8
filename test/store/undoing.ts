import fc from 'fast-check';
import { expect, it } from 'vitest';
import { previewRemoval, removeImport } from '../../server/flows/remove-import.ts';
import type { Database } from '../../server/store/database.ts';
import { readImport, resetData } from '../../server/store/status.ts';
import type { IncidentRow } from '../../server/store/write-incidents.ts';
import { plainIncident } from '../helpers/columns.ts';
import { rowOf, storeImport } from '../helpers/incident-rows.ts';

/** What is held of each incident, without numbers that depend on the order in which things came. */
function held(database: Database) {
  return database.read(async (client) => {
    const { rows } = await client.query(`
      select identity::text, category.code, occurred_from::text as "from", lng, lat, attributes
      from incident join category on category.id = category_id left join place on place.id = place_id order by identity`);
    return rows;
  });
}

const count = async (database: Database, table: string) =>
  (await database.read((client) => client.query(`select count(*)::int as count from ${table}`))).rows[0]
    .count as number;

/** A file as a test writes it down: which of six incidents it tells of, and in which of three words. */
type File = readonly { readonly incident: number; readonly says: number }[];

const anyFile: fc.Arbitrary<File> = fc.uniqueArray(
  fc.record({ incident: fc.integer({ min: 0, max: 5 }), says: fc.integer({ min: 0, max: 2 }) }),
  { selector: ({ incident }) => incident, minLength: 1 },
);

const rowsOf = (file: File): IncidentRow[] =>
  file.map(({ incident, says }) =>
    rowOf(
      { ...plainIncident, category: `violence.word-${says}`, at: { lat: 54.6 + incident / 100, lng: -1.2 } },
      `${incident}`,
    ),
  );

/** Undoing imports: what is held afterwards is what the other files say. */
export function undoing(database: () => Database): void {
  it('leaves, whatever is undone in whatever order, what the other files say', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyFile, { minLength: 2, maxLength: 5 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
        async (files, picks) => {
          await database().change(resetData);
          const standing: { id: number; file: File }[] = [];
          for (const file of files) standing.push({ id: (await storeImport(database(), rowsOf(file))).importId, file });
          for (const pick of picks) {
            if (standing.length < 2) break;
            const [gone] = standing.splice(pick % standing.length, 1);
            const before = (await held(database())).length;
            const expected = await previewRemoval(database(), gone!.id);
            const done = await removeImport(database(), gone!.id);
            expect({ ...done, import: null }).toEqual({ ...expected, import: null });
            expect((await held(database())).length).toBe(before - expected.removed);
            expect(expected.months.reduce((sum, { removed }) => sum + removed, 0)).toBe(expected.removed);
          }
          // a row that a later file repeated as it was is the earlier import's: those are told apart by the model
          expect(await held(database())).toEqual(modelled(files, standing));
          expect(await count(database(), 'place')).toBe((await held(database())).length);
        },
      ),
      { numRuns: 25, seed: 3 },
    );
  }, 120_000);

  it('says how many rows of later imports it would take the ground from', async () => {
    await database().change(resetData);
    const rows = rowsOf([0, 1, 2].map((incident) => ({ incident, says: 0 })));
    const first = await storeImport(database(), rows);
    await storeImport(database(), rows.slice(0, 2));
    expect(await previewRemoval(database(), first.importId)).toMatchObject({
      removed: 3,
      restored: 0,
      kept: 0,
      alsoInLater: 2,
    });
    await removeImport(database(), first.importId);
    expect(await held(database())).toEqual([]);
    expect(await storeImport(database(), rows)).toMatchObject({ added: 3 });
  });

  it('is refused a second time, and for an import that is not there', async () => {
    await database().change(resetData);
    const { importId } = await storeImport(database(), rowsOf([{ incident: 0, says: 0 }]));
    await removeImport(database(), importId);
    expect((await database().read((client) => readImport(client, importId)))?.removedAt).toMatch(/^\d{4}-/);
    await expect(removeImport(database(), importId)).rejects.toThrow(/undone already/);
    await expect(previewRemoval(database(), importId + 1)).rejects.toThrow(/no import/);
  });
}

/** A chain of what each import said of an incident, from which undone imports are taken out. */
function modelled(files: readonly File[], standing: readonly { file: File }[]) {
  const said = new Map<number, { file: File; says: number }[]>();
  for (const file of files) {
    for (const { incident, says } of file) {
      const chain = said.get(incident) ?? [];
      // a repetition adds nothing: the import that said it first holds it
      if (chain.at(-1)?.says !== says) chain.push({ file, says });
      said.set(incident, chain);
    }
  }
  const rows = [...said].flatMap(([incident, chain]) => {
    const last = chain.filter(({ file }) => standing.some((one) => one.file === file)).at(-1);
    return last ? rowsOf([{ incident, says: last.says }]) : [];
  });
  return rows
    .map(({ identity, category, lng, lat }) => ({
      identity: identity.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5'),
      code: category,
      from: '2023-01-31 10:00:00',
      lng,
      lat,
      attributes: null,
    }))
    .sort((a, b) => (a.identity < b.identity ? -1 : 1));
}
