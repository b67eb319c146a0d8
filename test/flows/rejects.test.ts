import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../helpers/database.ts';
import { runCommand } from '../helpers/service.ts';

const file = `id,category,occurred_from,occurred_to,lat,lng,location,flags
A1,asb.nuisance,2018-05-01T21:35,,54.6863,-1.2129,Church Street,
A2,asb.nuisance,2018-02-31T21:35,,54.6863,-1.2129,Church Street,
A3,asb.nuisance,2018-05-01T21:35,,-1.2129,54.6863,"=HYPERLINK(""x"")",
A4,fly posting,2018-05-02,,54.6863,-1.2129,York Road,domestic;noisy
A5,asb.nuisance,2018-05,,,,somewhere,
`;

describe('a file with faults', () => {
  let options: TestDatabase;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hotspot-rejects-'));
    options = { ...(await freshDatabase()) };
    if (options.databaseUrl) options = { ...options, dataDirectory: folder };
  });
  afterAll(async () => {
    await options.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  const importing = (path: string) => runCommand(options, ['import', path, '--profile', 'incidents']);

  test('gives back its rejects, which go in once they are corrected', async () => {
    const path = join(folder, 'may.csv');
    writeFileSync(path, file);
    const first = await importing(path);
    expect(first).toMatchObject({ code: 0, errors: '' });
    expect(first.output).toContain('5 rows read, 3 added, 0 changed, 0 as before, 2 rejected, 1 without a place');
    expect(first.output).toContain('category "fly posting" is not in the mapping: 1 kept as other.unmapped');
    expect(first.output).toContain('flag "noisy" is not known');

    const reports = join(options.dataDirectory, 'reports');
    const names = readdirSync(reports);
    const report = JSON.parse(
      readFileSync(join(reports, names.find((name) => name.endsWith('.report.json'))!), 'utf8'),
    );
    expect(report).toMatchObject({
      rowsRead: 5,
      accepted: 3,
      rejected: 2,
      unlocated: 1,
      unmapped: { 'fly posting': 1 },
    });

    const rejects = join(reports, names.find((name) => name.endsWith('.rejects.csv'))!);
    const text = readFileSync(rejects, 'utf8');
    expect(text).toMatch(/^\ufeff?line,column,value,reason,id,category/);
    expect(text).toMatch(/\n3,occurred_from,2018-02-31T21:35,[^\n]*\n4,/);
    writeFileSync(rejects, text.replaceAll('2018-02-31', '2018-02-28').replace('-1.2129,54.6863', '54.6863,-1.2129'));
    const again = await importing(rejects);
    expect(again.code).toBe(0);
    expect(again.output).toContain('2 rows read, 2 added, 0 changed, 0 as before, 0 rejected');
    expect((await importing(path)).output).toContain('5 rows read, 0 added, 0 changed, 3 as before, 2 rejected');
  });

  test('or no incidents at all is refused in one line, and nothing changes', async () => {
    const before = (await runCommand(options, ['status'])).output;
    for (const [name, content, word] of [
      ['empty', '', 'empty'],
      ['header-only', 'id,category,occurred_from,lat,lng\n', 'no rows'],
      ['other-columns', 'a,b\n1,2\n', 'category'],
      ['picture', '\x89PNG\r\n\x1a\n\0\0\0', 'not'],
    ] as const) {
      const path = join(folder, `${name}.csv`);
      writeFileSync(path, content, 'latin1');
      const refused = await importing(path);
      expect(refused.code).toBe(1);
      expect(refused.errors).toContain(word);
      expect(refused.errors.trim().split('\n')).toHaveLength(1);
    }
    expect((await runCommand(options, ['status'])).output).toBe(before);
  });
});
