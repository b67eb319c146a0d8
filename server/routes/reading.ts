/** What all reading routes share: the filter, the version's ETag, and the form of the answer. */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { filterKey, parseFilter } from '../count/parse-filter.ts';
import { InputError } from '../errors.ts';
import { knownNames } from '../flows/known-names.ts';
import type { Holdings } from '../flows/load-holdings.ts';
import { coarsestResolution, type Filter, type FilterQuery, filterQuerySchema, finestResolution } from '../model.ts';
import type { Service } from '../service.ts';
import { cachingHeaders, hasTag } from './packed-answer.ts';

/** Raised in every ETag when the form of answers changes, so that no browser shows an old form. */
const answerFormat = 3;

/** A filter's parameters and more; any other parameter is refused, since a misspelt filter would count everything. */
export function readingQuery<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject({ ...filterQuerySchema.shape, ...shape });
}

/** An H3 resolution in a query. */
export const resolutionSchema = z.coerce
  .number()
  .int()
  .min(coarsestResolution)
  .max(finestResolution)
  .describe(`H3 resolution, ${coarsestResolution} to ${finestResolution}`);

/** The holdings, or 503 while the service starts. */
export function readyHoldings(service: Service): Holdings {
  const holdings = service.holdings();
  if (!holdings) throw Object.assign(new Error('the service is starting; try again in a moment'), { statusCode: 503 });
  return holdings;
}

/** The filter of a request against what is held now. */
export function readFilter(service: Service, holdings: Holdings, query: FilterQuery): Filter {
  return parseFilter(query, knownNames(holdings, service.taxonomy));
}

/** An ETag of the data version and of what was asked, known before anything is counted. */
export function entityTag(
  { instance, columns }: Holdings,
  route: string,
  filter: Filter,
  rest: readonly unknown[],
): string {
  const question = `${answerFormat} ${instance} ${columns.version} ${route} ${filterKey(filter)} ${JSON.stringify(rest)}`;
  return `"${createHash('sha1').update(question).digest('base64url')}"`;
}

/** Sets the caching headers; true if the asker already has this answer, and 304 was sent. */
export function isUnchanged(request: FastifyRequest, reply: FastifyReply, tag: string): boolean {
  reply.headers(cachingHeaders(tag));
  if (!hasTag(request.headers, tag)) return false;
  reply.code(304).send();
  return true;
}

const formats = { json: 'application/json', csv: 'text/csv', geojson: 'application/geo+json' } as const;
export type Format = keyof typeof formats;

/** `format=` in a query. */
export const formatSchema = z
  .enum(['json', 'csv', 'geojson'])
  .optional()
  .describe('Form of the answer; else by the Accept header');

/** The form of the answer: `format=` if given, else the first that `Accept` names, else JSON. */
export function chooseFormat(request: FastifyRequest, wanted: Format | undefined, offered: readonly Format[]): Format {
  if (wanted) {
    if (!offered.includes(wanted))
      throw new InputError(`format: "${wanted}" is not offered here; use ${offered.join(' or ')}`);
    return wanted;
  }
  const accepted = (request.headers.accept ?? '').split(',').map((type) => type.split(';')[0]?.trim());
  const found = accepted.flatMap((type) => offered.filter((format) => formats[format] === type));
  return found[0] ?? 'json';
}

/** The headers of an answer in a form; those other than JSON are files to save. */
export function fileHeaders(format: Format, name: string): { 'content-type': string } & Record<string, string> {
  const type = `${formats[format]}; charset=utf-8`;
  if (format === 'json') return { 'content-type': type };
  return { 'content-type': type, 'content-disposition': `attachment; filename="${name}.${format}"` };
}

/** The columns of a table that say which boundaries its areas have. */
export const boundaryColumns = ['layer', 'valid_from'] as const;

/** Sends a text in a form other than JSON, as a file to save. */
export function sendFile(reply: FastifyReply, format: Format, name: string, text: string | Uint8Array): FastifyReply {
  return reply.headers(fileHeaders(format, name)).send(text);
}
