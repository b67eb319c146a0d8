import { describeCatalog } from '../flows/describe-catalog.ts';
import { catalogSchema } from '../model.ts';
import type { App, Service } from '../service.ts';
import { entityTag, isUnchanged, readyHoldings } from './reading.ts';

/** `GET /api/catalog`: what is held, and the names that filters may use. */
export function catalogRoutes(app: App, service: Service): void {
  const schema = {
    summary: 'What is held: sources, categories, flags, layers, dates',
    response: { 200: catalogSchema },
  };
  app.get('/api/catalog', { schema }, (request, reply) => {
    const holdings = readyHoldings(service);
    if (isUnchanged(request, reply, entityTag(holdings, 'catalog', {}, []))) return reply;
    return reply.send(describeCatalog(holdings, service.taxonomy));
  });
}
