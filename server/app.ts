import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyCompress from '@fastify/compress';
import fastifyStatic from '@fastify/static';
import fastifySwagger from '@fastify/swagger';
import { jsonSchemaTransform, validatorCompiler, type ZodTypeProvider } from '@fastify/type-provider-zod';
import fastify, { type FastifyError, LogController } from 'fastify';
import { askerOf, onBehalfOf } from './askers.ts';
import { InputError, NotFoundError } from './errors.ts';
import { areasRoutes } from './routes/areas.ts';
import { catalogRoutes } from './routes/catalog.ts';
import { cellsRoutes } from './routes/cells.ts';
import { concentrationRoutes } from './routes/concentration.ts';
import { forecastRoutes } from './routes/forecast.ts';
import { healthRoutes } from './routes/health.ts';
import { hotspotsRoutes } from './routes/hotspots.ts';
import { hoursRoutes } from './routes/hours.ts';
import { importsRoutes } from './routes/imports.ts';
import { jobsRoutes } from './routes/jobs.ts';
import { answerKnown } from './routes/known-answers.ts';
import { nearRepeatRoutes } from './routes/near-repeat.ts';
import { overlapRoutes } from './routes/overlap.ts';
import { profilesRoutes } from './routes/profiles.ts';
import { qualityRoutes } from './routes/quality.ts';
import { type Doors, refuseStrangers } from './routes/refuse-strangers.ts';
import { removalRoutes } from './routes/removal.ts';
import { securityHeaders } from './routes/security-headers.ts';
import { streetsRoutes } from './routes/streets.ts';
import { summaryRoutes } from './routes/summary.ts';
import { taxonomyRoutes } from './routes/taxonomy.ts';
import { tilesRoutes } from './routes/tiles.ts';
import { trendRoutes } from './routes/trend.ts';
import { uploadsRoutes } from './routes/uploads.ts';
import type { App, Service } from './service.ts';

const clientFolder = fileURLToPath(new URL('../dist/', import.meta.url));

/** The HTTP service, not yet listening. */
export async function buildApp(
  service: Service,
  options: { readonly logLevel: string } & Partial<Doors>,
): Promise<App> {
  const app = fastify({
    // addresses of requests hold filters and map positions, which may point at people: they are not logged
    logger: { level: options.logLevel, redact: ['req.url', 'req.query', 'req.remoteAddress', 'req.params'] },
    logController: new LogController({ disableRequestLogging: true }),
    // a long file may take long to come; who sends nothing is cut off sooner (refuse-strangers.ts)
    requestTimeout: 3_600_000,
    http: { headersTimeout: 60_000 },
    // a proxy on this machine may say that it was asked over TLS, and under which name
    trustProxy: 'loopback',
    routerOptions: { maxParamLength: 500 },
    forceCloseConnections: true,
    // an address that is none reaches no route and no hook
    frameworkErrors: (error, request, reply) => {
      reply.headers(securityHeaders);
      return sendError(error, request, reply as unknown as Reply);
    },
  });
  app.setValidatorCompiler(validatorCompiler);
  // answers are built by typed flows: checking them again at run time would cost more than making them
  app.setSerializerCompiler(() => JSON.stringify);
  app.setErrorHandler(sendError);
  app.setNotFoundHandler((_request, reply) =>
    reply
      .code(404)
      .send(errorBody('not-found', 'there is nothing at this address; /api/openapi.json lists what there is')),
  );
  // what a form can send is taken nowhere
  app.removeContentTypeParser('text/plain');
  const doors = { host: '127.0.0.1', publicHosts: [], ...options };
  refuseStrangers(app, doors);
  answerKnown(app.server, service, doors);
  app.addHook('onSend', (_request, reply, _payload, done) => {
    reply.headers(securityHeaders);
    done();
  });
  await app.register(fastifyCompress, { encodings: ['br', 'gzip'], threshold: 1024, customTypes: compressible });
  await app.register(fastifySwagger, {
    openapi: { info: { title: 'Hotspot', version: '1' } },
    transform: jsonSchemaTransform,
  });
  await app.register(async (scope) => {
    const typed = scope.withTypeProvider<ZodTypeProvider>();
    // work that is begun by a request sees when its asker goes away; what is known already is sent before
    scope.addHook('preValidation', (_request, reply, done) => onBehalfOf(askerOf(reply.raw), done));
    for (const routes of [
      healthRoutes,
      catalogRoutes,
      summaryRoutes,
      cellsRoutes,
      areasRoutes,
      hotspotsRoutes,
      concentrationRoutes,
      forecastRoutes,
      hoursRoutes,
      nearRepeatRoutes,
      overlapRoutes,
      qualityRoutes,
      trendRoutes,
      streetsRoutes,
      tilesRoutes,
      uploadsRoutes,
      jobsRoutes,
      importsRoutes,
      profilesRoutes,
      taxonomyRoutes,
      removalRoutes,
    ]) {
      routes(typed as never, service);
    }
    typed.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger());
  });
  if (existsSync(clientFolder)) {
    // built files carry a hash of their content in their names
    await app.register(fastifyStatic, { root: clientFolder, immutable: false, maxAge: 0, index: 'index.html' });
  }
  return app;
}

/** Answers that get smaller: tables, tiles, the page and its scripts. */
const compressible = /^text\/|json|javascript|mapbox-vector-tile/;

function errorBody(code: string, message: string, details: unknown = null) {
  return { error: { code, message, details } };
}

/** The one place where errors become answers: the asker's own are explained, ours are logged and not shown. */
function sendError(
  error: FastifyError,
  request: { log: { error(object: unknown, text: string): void } },
  reply: Reply,
) {
  if (error instanceof InputError) return reply.code(400).send(errorBody(error.code, error.message, error.details));
  if (error instanceof NotFoundError) return reply.code(404).send(errorBody(error.code, error.message));
  if (error.validation) {
    const details = error.validation.map(({ instancePath, message }) => ({
      parameter: instancePath.slice(1),
      message,
    }));
    const message = details.map((detail) => `${detail.parameter || 'the query'}: ${detail.message}`).join('; ');
    return reply.code(400).send(errorBody('invalid-input', message, details));
  }
  // nobody is there to read it
  if (reply.raw.destroyed) return reply.code(499).send('');
  const status = error.statusCode ?? 500;
  if (status < 500) return reply.code(status).send(errorBody('invalid-request', error.message));
  if (status === 503) return reply.code(503).header('retry-after', '1').send(errorBody('starting', error.message));
  request.log.error({ err: error }, 'a request failed');
  return reply.code(500).send(errorBody('internal', 'the service failed to answer; its log says why'));
}

type Reply = {
  readonly raw: { readonly destroyed: boolean };
  code(status: number): Reply;
  header(name: string, value: string): Reply;
  send(body: unknown): unknown;
};
