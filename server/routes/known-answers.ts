import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { askerOf, onBehalfOf } from '../askers.ts';
import type { Known } from '../flows/remember.ts';
import type { Service } from '../service.ts';
import { type Form, formFor, knownByAddress, madeForm, type PackedAnswer } from './packed-answer.ts';
import { type Doors, isOwnName } from './refuse-strangers.ts';

/**
 * Answers what was asked for at the very same address before, or is just being answered there, ahead of the framework:
 * its routing, hooks and checks of the query cost more than the sending, and would come to the same again. Who asks
 * for anything else, or may not ask, is left to it.
 */
export function answerKnown(server: Server, service: Service, doors: Doors): void {
  const others = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    const known = knownAnswer(request, service, doors);
    const form = known?.made && madeForm(known.made, request.headers);
    if (form) send(response, form);
    else if (known) sendOnceMade(known, request, response, others);
    else leaveTo(others, request, response);
  });
}

function knownAnswer(request: IncomingMessage, service: Service, doors: Doors): Known<PackedAnswer> | undefined {
  const holdings = service.holdings();
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  return holdings && isReading && isOwnName(request.headers, doors) ? knownByAddress(holdings, request) : undefined;
}

/** Waits for a form that is still to be made; an answer that fails is left to the framework, which tells why. */
async function sendOnceMade(
  known: Known<PackedAnswer>,
  request: IncomingMessage,
  response: ServerResponse,
  others: readonly RequestListener[],
): Promise<void> {
  try {
    const answer = await onBehalfOf(askerOf(response), known.wait);
    send(response, await formFor(answer, request.headers));
  } catch {
    if (!response.destroyed) leaveTo(others, request, response);
  }
}

function send(response: ServerResponse, { status, headers, body }: Form): void {
  response.writeHead(status, headers);
  response.end(body);
}

function leaveTo(others: readonly RequestListener[], request: IncomingMessage, response: ServerResponse): void {
  for (const listener of others) listener(request, response);
}
