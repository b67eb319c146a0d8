import { z } from 'zod';

const count = z.number().int().min(0);

/** What was observed while a file was read, as an import keeps it. The version is raised when its meaning changes. */
export const observedSchema = z.object({
  version: z.literal(1),
  /** Rows with the columns' filled cells; those rejected too. */
  rows: count,
  columns: z.array(z.object({ name: z.string(), filled: count })),
  /** Of the accepted rows. */
  incidents: count,
  time: z.object({ minute: count, hour: count, day: count, month: count, ranges: count }),
  placed: z.object({ coordinates: count, postcode: count, street: count, areaOnly: count, none: count }),
  withinMetres: z.array(z.object({ metres: z.number().nullable(), incidents: count })),
  months: z.record(z.string(), count),
  repeatedIds: count,
  masked: count,
  /** Postcodes and streets that are not known, by the column they stand in. */
  notFound: z.array(z.object({ column: z.string(), rows: count })),
  /** Rows outside the month that the file is for. */
  outsideMonth: count,
  /** Whether every time was midnight, and taken for the day as a whole. */
  midnightIsDay: z.boolean(),
});
export type Observed = z.infer<typeof observedSchema>;

/** What an import kept of its file; null for imports of before, or of a version that is not known here. */
export function readObserved(kept: unknown): Observed | null {
  return observedSchema.safeParse(kept).data ?? null;
}
