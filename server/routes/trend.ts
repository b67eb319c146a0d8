import type { z } from 'zod';
import { type Trend, trendMonthSchema, trendSchema } from '../analyses-model.ts';
import { followTrend } from '../flows/follow-trend.ts';
import { toCsv } from '../report/to-csv.ts';
import type { App, Service } from '../service.ts';
import {
  chooseFormat,
  entityTag,
  formatSchema,
  isUnchanged,
  readFilter,
  readingQuery,
  readyHoldings,
  sendFile,
} from './reading.ts';

const querySchema = readingQuery({ format: formatSchema });

/** `GET /api/trend`: months in order, their direction and the exceptional ones. */
export function trendRoutes(app: App, service: Service): void {
  const schema = {
    summary: 'Monthly counts: trend, same month last year, months out of the ordinary',
    querystring: querySchema,
    response: { 200: trendSchema },
  };
  app.get<{ Querystring: z.infer<typeof querySchema> }>('/api/trend', { schema }, async (request, reply) => {
    const { format: wanted, ...query } = request.query;
    const holdings = readyHoldings(service);
    const filter = readFilter(service, holdings, query);
    const format = chooseFormat(request, wanted, ['json', 'csv']);
    if (isUnchanged(request, reply, entityTag(holdings, 'trend', filter, [format]))) return reply;
    const trend = await followTrend(holdings, filter);
    return format === 'csv' ? sendFile(reply, format, 'trend', trendCsv(trend)) : reply.send(trend);
  });
}

const columns = Object.keys(trendMonthSchema.shape) as (keyof Trend['months'][number])[];

function trendCsv({ months }: Trend): string {
  const text = (value: string | number | boolean | null) => (typeof value === 'boolean' ? String(value) : value);
  return toCsv(
    columns,
    months.map((month) => columns.map((column) => text(month[column]))),
  );
}
