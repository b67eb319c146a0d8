/** Answers that are compressed once, and sent again as often as they are asked for. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';
import { Negotiator } from '@fastify/accept-negotiator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Holdings } from '../flows/load-holdings.ts';
import { findKnown, type Known, remember } from '../flows/remember.ts';
import { compactType } from '../model.ts';
import { securityHeaders } from './security-headers.ts';

type Encoding = 'br' | 'gzip';
type FormName = Encoding | 'identity' | 'empty' | 'unchanged';
const jsonType = 'application/json; charset=utf-8';

/** A body with the headers that belong to it; its forms are made at their first use. A null body is 204. */
export type PackedAnswer = {
  readonly tag: string;
  readonly type: string;
  readonly body: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly making: Map<FormName, Promise<Form>>;
  readonly made: Map<FormName, Form>;
};

/** An answer as it goes over the wire, all its headers told. */
export type Form = {
  readonly status: 200 | 204 | 304;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
};

/** Smaller bodies get no smaller. */
const leastBytes = 256;
/**
 * How hard each encoding tries: gzip gains a hundredth above 6, at three times the time. Compact cells hold little that
 * repeats: the least effort makes them as small as the most, ten times as quickly.
 */
const efforts = { usual: { br: 5, gzip: 6 }, compact: { br: 1, gzip: 1 } } as const;
/** Bodies smaller than this are compressed at once, in half a millisecond: going to a thread adds a fifth of one. */
const fewBytes = 16_384;
const compressInThread = { br: promisify(brotliCompress), gzip: promisify(gzip) };
const compressAtOnce = { br: brotliCompressSync, gzip: gzipSync };
/** Browsers have few ways of naming what they can read; whoever invents more must not fill the memory. */
const cache = new LRUCache<string, string>({ max: 100 });
const encodings = new Negotiator({ supportedValues: ['br', 'gzip', 'identity'], cache });

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
    making: new Map(),
    made: new Map(),
  };
}

/** An answer in JSON, kept as it is sent. */
export function sendJson(
  request: FastifyRequest,
  reply: FastifyReply,
  holdings: Holdings,
  tag: string,
  make: () => Promise<unknown>,
) {
  const write = async () => packedAnswer(tag, jsonType, Buffer.from(JSON.stringify(await make())));
  return sendKept(request, reply, holdings, tag, write);
}

/** Sends the answer under a tag, made once, and lets it be known by the address it was asked for at. */
export async function sendKept(
  request: FastifyRequest,
  reply: FastifyReply,
  holdings: Holdings,
  tag: string,
  make: () => Promise<PackedAnswer>,
) {
  const find = () => remember(holdings, `answer ${tag}`, make, packedBytes);
  return sendPacked(request, reply, await remember(holdings, addressKey(request.raw), find, packedBytes));
}

/** The answer to a request whose very address was asked for before, or is being answered to another. */
export function knownByAddress(holdings: Holdings, request: IncomingMessage): Known<PackedAnswer> | undefined {
  return findKnown(holdings, addressKey(request));
}

function addressKey({ url, headers }: IncomingMessage): string {
  return `address ${headers.accept ?? ''} ${url}`;
}

/** About how much memory an answer needs, its compressed forms included. */
export function packedBytes({ body }: PackedAnswer): number {
  return 500 + 2 * (body?.byteLength ?? 0);
}

/** Sends an answer in the form that the asker can read, or 304 if the asker has it. */
async function sendPacked(request: FastifyRequest, reply: FastifyReply, answer: PackedAnswer) {
  const { status, headers, body } = await formFor(answer, request.headers);
  return reply
    .code(status)
    .headers(headers)
    .send(body ?? undefined);
}

/** The form of an answer that an asker can read, made if need be. */
export async function formFor(answer: PackedAnswer, asked: IncomingHttpHeaders): Promise<Form> {
  const name = formName(answer, asked);
  const making = answer.making.get(name) ?? makeForm(answer, name);
  answer.making.set(name, making);
  const form = await making;
  answer.made.set(name, form);
  return form;
}

/** The form of an answer that an asker can read, if it was made before. */
export function madeForm(answer: PackedAnswer, asked: IncomingHttpHeaders): Form | undefined {
  return answer.made.get(formName(answer, asked));
}

function formName({ tag, body }: PackedAnswer, asked: IncomingHttpHeaders): FormName {
  if (hasTag(asked, tag)) return 'unchanged';
  if (!body) return 'empty';
  const encoding = body.length < leastBytes ? null : encodings.negotiate(acceptedEncodings(asked));
  return encoding === 'br' || encoding === 'gzip' ? encoding : 'identity';
}

async function makeForm(answer: PackedAnswer, name: FormName): Promise<Form> {
  const { tag, type, body, headers: own } = answer;
  const caching = cachingHeaders(tag);
  if (name === 'unchanged') return { status: 304, headers: { ...caching, ...securityHeaders }, body: null };
  const headers = { ...caching, ...own };
  if (!body || name === 'empty') return { status: 204, headers: { ...headers, ...securityHeaders }, body: null };
  const effort = efforts[type === compactType ? 'compact' : 'usual'];
  const sent = name === 'identity' ? body : await compress(body, name, effort[name]);
  const content = {
    'content-type': type,
    ...(name !== 'identity' && { 'content-encoding': name }),
    ...securityHeaders,
    'content-length': String(sent.length),
  };
  return { status: 200, headers: { ...headers, ...content }, body: sent };
}

function compress(body: Buffer, encoding: Encoding, effort: number): Buffer | Promise<Buffer> {
  const options = encoding === 'gzip' ? { level: effort } : { params: { [constants.BROTLI_PARAM_QUALITY]: effort } };
  return body.length < fewBytes ? compressAtOnce[encoding](body, options) : compressInThread[encoding](body, options);
}

/** What lets an asker keep an answer, to ask next time whether it has changed. */
export function cachingHeaders(tag: string) {
  return { etag: tag, 'cache-control': 'private, no-cache', vary: 'accept, accept-encoding' };
}

/** Whether the asker already has the answer of a tag. */
export function hasTag(asked: IncomingHttpHeaders, tag: string): boolean {
  const known = asked['if-none-match'];
  if (known === undefined) return false;
  const tags = known.split(',').map((item) => item.trim().replace(/^W\//, ''));
  return tags.includes(tag) || tags.includes('*');
}

function acceptedEncodings(asked: IncomingHttpHeaders): string {
  const accepted = asked['accept-encoding'] ?? 'identity';
  return Array.isArray(accepted) ? accepted.join() : accepted;
}
