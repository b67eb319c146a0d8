import type { FeatureCollection, MultiPolygon } from 'geojson';
import { cellsToMultiPolygon, uncompactCells } from 'h3-js';
import { type DemoData, readDemoData } from './read-demo-data.ts';

/** H3 resolution at which the demo's wards are made of cells. */
export const wardResolution = 10;

export type DemoWards = FeatureCollection<MultiPolygon, { readonly WD13CD: string; readonly WD13NM: string }>;

/** The eleven wards of Hartlepool that stood until 2021, as GeoJSON drawn round their H3 cells. */
export function demoWards(data: Pick<DemoData, 'wards'> = readDemoData()): DemoWards {
  const features = data.wards.wards.map(({ code, name, cells }) => ({
    type: 'Feature' as const,
    properties: { WD13CD: code, WD13NM: name },
    geometry: {
      type: 'MultiPolygon' as const,
      coordinates: cellsToMultiPolygon(uncompactCells(cells, wardResolution), true),
    },
  }));
  return { type: 'FeatureCollection', features };
}

/** Cells of resolution 10 and the name of the ward that each belongs to. */
export function wardByCell(data: Pick<DemoData, 'wards'>): ReadonlyMap<string, string> {
  const wards = new Map<string, string>();
  for (const { name, cells } of data.wards.wards) {
    for (const cell of uncompactCells(cells, wardResolution)) wards.set(cell, name);
  }
  return wards;
}
