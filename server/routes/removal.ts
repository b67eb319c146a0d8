import { previewRemoval, removeImport } from '../flows/remove-import.ts';
import { removalSchema } from '../import-model.ts';
import type { App, Service } from '../service.ts';
import { type ImportRoute, importParamsSchema } from './import-params.ts';
import { readyHoldings } from './reading.ts';

/** `GET /api/imports/{id}/removal`: what undoing an import would do; `DELETE /api/imports/{id}`: undoes it. */
export function removalRoutes(app: App, service: Service): void {
  const schema = { params: importParamsSchema, response: { 200: removalSchema } };
  app.get<ImportRoute>(
    '/api/imports/:id/removal',
    { schema: { ...schema, summary: 'What undoing an import would do' } },
    ({ params }) => {
      readyHoldings(service);
      return previewRemoval(service.database, params.id);
    },
  );
  app.delete<ImportRoute>('/api/imports/:id', { schema: { ...schema, summary: 'Undo an import' } }, ({ params }) => {
    readyHoldings(service);
    return removeImport(service.database, params.id);
  });
}
