/** Answers that are compressed once, and sent again as often as they are asked for. */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Negotiator } from '@fastify/accept-negotiator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Holdings } from '../flows/load-holdings.ts';
import { remember } from '../flows/remember.ts';

type Encoding = 'br' | 'gzip';
const jsonType = 'application/json; charset=utf-8';

/** A body with the headers that belong to it; compressed forms are made at their first use. A null body is 204. */
export type PackedAnswer = {
  readonly tag: string;
  readonly type: string;
  readonly body: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly packed: Map<Encoding, Promise<Buffer>>;
};

/** Smaller bodies get no smaller. */
const leastBytes = 256;
/** Each form is made once, so that gzip may take its time; brotli at 5 is smaller still. */
const brotliQuality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
const compress: Readonly<Record<Encoding, (body: Buffer) => Promise<Buffer>>> = {
  br: (body) => promisify(brotliCompress)(body, brotliQuality),
  gzip: (body) => promisify(gzip)(body, { level: 9 }),
};
const encodings = new Negotiator({ supportedValues: ['br', 'gzip', 'identity'], cache: new Map() });

/** An answer to be packed; `body` is not copied. */
export function packedAnswer(
  tag: string,
  type: string,
  body: Uint8Array | null,
  headers: Readonly<Record<string, string>> = {},
): PackedAnswer {
  return {
    tag,
    type,
    body: body && Buffer.from(body.buffer, body.byteOffset, body.byteLength),
    headers,
    packed: new Map(),
  };
}

/** An answer in JSON, kept as it is sent. */
export async function sendJson(
  request: FastifyRequest,
  reply: FastifyReply,
  holdings: Holdings,
  tag: string,
  make: () => Promise<unknown>,
) {
  const write = async () => packedAnswer(tag, jsonType, Buffer.from(JSON.stringify(await make())));
  return sendPacked(request, reply, await remember(holdings, `answer ${tag}`, write, packedBytes));
}

/** About how much memory an answer needs, its compressed forms included. */
export function packedBytes({ body }: PackedAnswer): number {
  return 500 + 2 * (body?.byteLength ?? 0);
}

/** Sends an answer in the form that the asker can read, or 304 if the asker has it. */
export async function sendPacked(request: FastifyRequest, reply: FastifyReply, answer: PackedAnswer) {
  const { tag, type, body, headers } = answer;
  reply.header('etag', tag).header('cache-control', 'private, no-cache').header('vary', 'accept, accept-encoding');
  reply.headers(headers);
  if (hasTag(request, tag)) return reply.code(304).send();
  if (!body) return reply.code(204).send();
  reply.header('content-type', type);
  const encoding = body.length < leastBytes ? null : encodings.negotiate(acceptedEncodings(request));
  if (encoding !== 'br' && encoding !== 'gzip') return reply.send(body);
  reply.header('content-encoding', encoding);
  return reply.send(await pack(answer, body, encoding));
}

/** Whether the asker already has the answer of a tag. */
export function hasTag(request: FastifyRequest, tag: string): boolean {
  const known = request.headers['if-none-match'];
  if (known === undefined) return false;
  const tags = known.split(',').map((item) => item.trim().replace(/^W\//, ''));
  return tags.includes(tag) || tags.includes('*');
}

function acceptedEncodings(request: FastifyRequest): string {
  const accepted = request.headers['accept-encoding'] ?? 'identity';
  return Array.isArray(accepted) ? accepted.join() : accepted;
}

function pack({ packed }: PackedAnswer, body: Buffer, encoding: Encoding): Promise<Buffer> {
  const known = packed.get(encoding) ?? compress[encoding](body);
  packed.set(encoding, known);
  return known;
}
