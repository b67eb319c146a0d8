import { hoursSchema } from '../analyses-model.ts';
import { showHours } from '../flows/show-hours.ts';
import type { FilterQuery } from '../model.ts';
import type { App, Service } from '../service.ts';
import { entityTag, isUnchanged, readFilter, readingQuery, readyHoldings } from './reading.ts';

/** `GET /api/hours`: when in the week incidents happen. */
export function hoursRoutes(app: App, service: Service): void {
  const schema = {
    summary: 'When in the week: hours and weekdays, from–to incidents spread over their hours',
    querystring: readingQuery({}),
    response: { 200: hoursSchema },
  };
  app.get<{ Querystring: FilterQuery }>('/api/hours', { schema }, async (request, reply) => {
    const holdings = readyHoldings(service);
    const filter = readFilter(service, holdings, request.query);
    if (isUnchanged(request, reply, entityTag(holdings, 'hours', filter, []))) return reply;
    return reply.send(await showHours(holdings, filter));
  });
}
