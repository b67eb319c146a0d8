import { z } from 'zod';

/** The number of an import in an address, as far as the database can count. */
export const importParamsSchema = z.object({
  id: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 31 - 1),
});
export type ImportRoute = { Params: z.infer<typeof importParamsSchema> };
