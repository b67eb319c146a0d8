/** What a thread tells of emerging hot spots: scores of all cells in all periods would take longer to hand over. */
import { emergingHotSpots } from '../statistics/emerging-hot-spots.ts';

type Question = Parameters<typeof emergingHotSpots>;

/** Which cells are significantly hot in each of several periods: 1 or 0 for each cell. */
export function hotInEach(...question: Question): Uint8Array[] {
  const { z, significant } = emergingHotSpots(...question);
  return significant.map((cells, period) =>
    Uint8Array.from(cells, (is, cell) => (is && (z[period]?.[cell] ?? 0) > 0 ? 1 : 0)),
  );
}

/** The class of each cell. */
export function emergingClasses(...question: Question): ReturnType<typeof emergingHotSpots>['classes'] {
  return emergingHotSpots(...question).classes;
}
