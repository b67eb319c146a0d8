/** Who may ask what: pages of other sites must neither change anything here nor read it under a borrowed name. */
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../service.ts';

/** What tells the service's own pages from others. */
export type Doors = {
  /** The address it listens at. */
  readonly host: string;
  /** Names under which a reverse proxy offers it. */
  readonly publicHosts: readonly string[];
};

const idleMilliseconds = 60_000;
const changing = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
/** What a plain form of any page cannot send. */
const bodyTypes = /^application\/(json|octet-stream)\s*(;|$)/i;

/**
 * Refuses requests that a page of another site makes in a person's browser. Reading is refused under a name that is
 * not the service's own (a name server can make any name mean this machine), changing besides when it comes from elsewhere.
 */
export function refuseStrangers(app: App, doors: Doors): void {
  app.addHook('onRequest', (request, reply, done) => {
    const isChange = changing.has(request.method);
    const refusal = hostProblem(request.headers, doors) ?? (isChange ? changeProblem(request, doors) : null);
    if (refusal) return void refuse(request, reply, refusal);
    if (isChange) endWhenIdle(request);
    done();
  });
}

/** Whether a request comes under a name that is the service's own, as far as that is asked of it. */
export function isOwnName(asked: IncomingHttpHeaders, doors: Doors): boolean {
  return hostProblem(asked, doors) === null;
}

type Refusal = { readonly status: 403 | 415; readonly code: string; readonly message: string };

function refuse(request: FastifyRequest, reply: FastifyReply, { status, code, message }: Refusal): FastifyReply {
  // a body that nobody reads would keep the connection waiting
  if (request.headers['transfer-encoding'] || request.headers['content-length']) reply.header('connection', 'close');
  return reply.code(status).send({ error: { code, message, details: null } });
}

/** Only the Host header tells: it is the one thing that a page behind a borrowed name cannot choose. */
function hostProblem({ host: given }: IncomingHttpHeaders, { host, publicHosts }: Doors): Refusal | null {
  if (given === undefined || !isLoopback(host)) return null;
  const name = nameOf(given);
  if (isLoopback(name) || publicHosts.some((own) => nameOf(own) === name)) return null;
  const message =
    'this service answers on this machine only, not under the name it was asked by; behind a proxy, set HOTSPOT_PUBLIC_HOST to that name';
  return { status: 403, code: 'unknown-host', message };
}

function changeProblem(request: FastifyRequest, doors: Doors): Refusal | null {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return otherSite;
  const { origin } = request.headers;
  if (origin !== undefined && !isOwnOrigin(origin, request, doors)) return otherSite;
  const { 'content-type': type, 'content-length': length, 'transfer-encoding': chunked } = request.headers;
  const hasBody = chunked !== undefined || (length !== undefined && length !== '0');
  const needsType = request.method === 'DELETE' ? hasBody || type !== undefined : true;
  if (needsType && !bodyTypes.test(type ?? '')) return wrongType;
  return null;
}

const otherSite: Refusal = {
  status: 403,
  code: 'other-site',
  message:
    'changes are taken from the service’s own pages only; behind a proxy, set HOTSPOT_PUBLIC_HOST to the name it is offered under',
};
const wrongType: Refusal = {
  status: 415,
  code: 'wrong-type',
  message: 'send the body as application/json, or a file as application/octet-stream, and say so in Content-Type',
};

/** `null` is the origin of pages in frames and files; the others are compared with the names the service is asked by. */
function isOwnOrigin(origin: string, request: FastifyRequest, { publicHosts }: Doors): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host } = new URL(origin);
  const own = [request.headers.host, request.host, ...publicHosts];
  return own.some((name) => {
    const address = `${protocol}//${name}`;
    return name !== undefined && URL.canParse(address) && new URL(address).host === host;
  });
}

/** The name in `name:port`, in lower case; an IPv6 address keeps its brackets off. */
function nameOf(host: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(host.trim());
  return (bracketed?.[1] ?? host.trim().replace(/:\d+$/, '')).toLowerCase();
}

function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** A long file may take its time, but somebody who sends nothing must not hold a connection. */
function endWhenIdle({ raw }: FastifyRequest): void {
  // a request that tests inject has no connection
  if (typeof raw.setTimeout !== 'function') return;
  raw.setTimeout(idleMilliseconds, () => raw.readableEnded || raw.destroy());
  raw.once('end', () => raw.setTimeout(0));
}
