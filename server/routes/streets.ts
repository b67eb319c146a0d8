import { listStreets } from '../flows/list-streets.ts';
import { streetsSchema } from '../model.ts';
import type { App, Service } from '../service.ts';
import { entityTag, isUnchanged, readyHoldings } from './reading.ts';

/** `GET /api/streets`: names of streets where incidents are, for the map's labels. */
export function streetsRoutes(app: App, service: Service): void {
  const schema = { summary: 'Street names where the incidents put them', response: { 200: streetsSchema } };
  app.get('/api/streets', { schema }, async (request, reply) => {
    const holdings = readyHoldings(service);
    if (isUnchanged(request, reply, entityTag(holdings, 'streets', {}, []))) return reply;
    return reply.send(await listStreets(holdings));
  });
}
