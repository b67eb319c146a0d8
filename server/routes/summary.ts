import { summarise } from '../flows/summarise.ts';
import { type FilterQuery, summarySchema } from '../model.ts';
import type { App, Service } from '../service.ts';
import { sendJson } from './packed-answer.ts';
import { entityTag, isUnchanged, readFilter, readingQuery, readyHoldings } from './reading.ts';

/** `GET /api/summary`: what matches a filter, in figures. */
export function summaryRoutes(app: App, service: Service): void {
  const schema = {
    summary: 'What matches, in figures',
    querystring: readingQuery({}),
    response: { 200: summarySchema },
  };
  app.get<{ Querystring: FilterQuery }>('/api/summary', { schema }, async (request, reply) => {
    const holdings = readyHoldings(service);
    const filter = readFilter(service, holdings, request.query);
    const tag = entityTag(holdings, 'summary', filter, []);
    if (isUnchanged(request, reply, tag)) return reply;
    return sendJson(request, reply, holdings, tag, () => summarise(holdings, service.taxonomy, filter));
  });
}
