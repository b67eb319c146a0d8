import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeatureCollection } from 'geojson';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { downloadAreas } from '../../server/flows/download-areas.ts';
import { downloadPoliceUk } from '../../server/flows/download-police-uk.ts';
import { describeWithSharedData, sharedData } from '../helpers/shared-data.ts';
import { localOns, type OnsService } from './local-ons.ts';
import { localPoliceUk } from './local-police-uk.ts';
import { fakeTime, type LocalServer } from './local-server.ts';
import { makeZip } from './make-zip.ts';

let into: string;
let server: LocalServer | undefined;
beforeEach(() => {
  into = mkdtempSync(join(tmpdir(), 'hotspot-published-'));
});
afterEach(async () => {
  await server?.close();
  rmSync(into, { recursive: true, force: true });
});

/** A published file of boundaries as the portal serves it. */
function published(path: string): OnsService {
  const { features } = JSON.parse(readFileSync(sharedData(path), 'utf8')) as FeatureCollection;
  return {
    areas: true,
    rows: features.map(({ properties }) => properties as Record<string, string>),
    outlines: features.map(({ geometry }) => geometry),
  };
}

async function serveAreas(services: Record<string, OnsService>): Promise<string> {
  server = await localOns({ services, pageSize: 50, fault: () => undefined, spoil: (features) => features });
  return server.url;
}

describeWithSharedData('what the services published', () => {
  it('comes through as it was: street files of both years and line ends', async () => {
    const months = ['2021-03', '2023-06', '2024-02'];
    const street = (month: string) =>
      readFileSync(sharedData(`police-uk/cleveland/${month}-cleveland-street.csv`), 'utf8');
    const zip = makeZip(
      months.map((month) => ({ name: `${month}/${month}-cleveland-street.csv`, text: street(month) })),
    );
    const world = { archives: { '2024-02': zip, '2021-02': zip }, months: ['2024-02'], ranges: true };
    server = await localPoliceUk({ ...world, fault: () => undefined });
    const request = { force: 'cleveland', kind: 'street', into, baseUrl: server.url, http: fakeTime() } as const;
    const report = await downloadPoliceUk({ ...request, from: '2021-03', to: '2024-02' });
    expect(report.fetched).toEqual(months);
    for (const month of months) {
      expect(readFileSync(join(into, month, `${month}-cleveland-street.csv`), 'utf8')).toBe(street(month));
    }
  });

  it('comes through as it was: the wards of the four authorities', async () => {
    const wards = published('boundaries/wards-2025-tees.geojson');
    const districts = ['E06000001', 'E06000002', 'E06000003', 'E06000004'];
    const baseUrl = await serveAreas({ WD_MAY_2025_UK_BGC_V2: wards });
    const { path, areas } = await downloadAreas({ kind: 'wards', districts, into, baseUrl, http: fakeTime() });
    expect(areas).toBe(83);
    const { features } = JSON.parse(readFileSync(path, 'utf8')) as FeatureCollection;
    const outlines = features.map(({ geometry }) => JSON.stringify(geometry)).sort();
    expect(outlines).toEqual(wards.outlines!.map((geometry) => JSON.stringify(geometry)).sort());
  });

  it('comes through by way of the lookup: the LSOAs of Hartlepool', async () => {
    const lsoas = published('boundaries/lsoa21-tees.geojson');
    const rows = lsoas.rows.map((row) => ({ LSOA21CD: row.LSOA21CD!, LAD25CD: row.LADCD_ACTIVE! }));
    const baseUrl = await serveAreas({
      Lower_layer_Super_Output_Areas_December_2021_Boundaries_EW_BGC_V5: lsoas,
      LSOA21_WD25_LAD25_EW_LU_v2: { areas: false, rows },
    });
    const request = { kind: 'lsoa', districts: ['E06000001'], into, baseUrl, http: fakeTime() };
    expect((await downloadAreas(request)).areas).toBe(rows.filter(({ LAD25CD }) => LAD25CD === 'E06000001').length);
  });
});
