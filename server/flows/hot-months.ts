import { emergingHotSpots } from '../statistics/emerging-hot-spots.ts';

/** Which cells are significantly hot in each of several periods: 1 or 0 for each cell. */
export function hotInEach(...question: Parameters<typeof emergingHotSpots>): Uint8Array[] {
  const { z, significant } = emergingHotSpots(...question);
  return significant.map((cells, period) =>
    Uint8Array.from(cells, (is, cell) => (is && (z[period]?.[cell] ?? 0) > 0 ? 1 : 0)),
  );
}
