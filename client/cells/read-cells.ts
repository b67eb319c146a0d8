import { cellsSchema, compactType } from '../../server/model.ts';
import { ApiError, getBytes, getJson } from '../api.ts';
import { measureOf } from '../measures/measures.ts';
import { type CellValues, type CountedCells, countedCells, measuredCells } from './cell-values.ts';
import { readCompactCells } from './compact-cells.ts';

/** Fetches hexagons with their values: counts in the compact form, statistics as JSON. */
export async function readCells(url: string, signal: AbortSignal): Promise<CellValues> {
  if (measureOf(url) === 'count') return readCounts(url, signal);
  return measuredCells(await getJson(url, cellsSchema, signal));
}

/** Fetches the counts of hexagons. */
export async function readCounts(url: string, signal: AbortSignal): Promise<CountedCells> {
  const { bytes, headers } = await getBytes(url, compactType, signal);
  const number = (name: string) => Number(headers.get(`hotspot-${name}`));
  const totals = { total: number('total'), located: number('located'), version: number('version') };
  try {
    return countedCells(readCompactCells(bytes), totals);
  } catch (cause) {
    throw new ApiError('The service gave an answer this page does not understand. Reload the page.', 0, 'form', {
      cause,
    });
  }
}
