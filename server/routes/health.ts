import { healthSchema } from '../model.ts';
import type { App, Service } from '../service.ts';

/** `GET /api/health`: 200 when the service answers questions, 503 until then. */
export function healthRoutes(app: App, service: Service): void {
  const schema = { summary: 'Whether the service is ready', response: { 200: healthSchema, 503: healthSchema } };
  app.get('/api/health', { schema }, (_request, reply) => {
    const holdings = service.holdings();
    reply.header('cache-control', 'no-store');
    if (!holdings) return reply.code(503).header('retry-after', '1').send({ status: 'starting', version: 0 });
    return reply.send({ status: 'ok', version: holdings.columns.version });
  });
}
