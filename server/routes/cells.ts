import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { InputError } from '../errors.ts';
import { listCells } from '../flows/draw-cells-tile.ts';
import type { Holdings } from '../flows/load-holdings.ts';
import { sumCells } from '../flows/prepare-cells.ts';
import { writeCells, writeMeasuredCells } from '../flows/write-cells.ts';
import { cellsSchema, compactType, defaultResolution, type Filter } from '../model.ts';
import type { App, Service } from '../service.ts';
import { countsOnly, measureShape, splitMeasureQuery, studyLayer } from './measures.ts';
import { packedAnswer, sendKept } from './packed-answer.ts';
import {
  chooseFormat,
  entityTag,
  fileHeaders,
  formatSchema,
  isUnchanged,
  readFilter,
  readingQuery,
  readyHoldings,
  resolutionSchema,
} from './reading.ts';

const querySchema = readingQuery({
  resolution: resolutionSchema.default(defaultResolution),
  format: formatSchema,
  ...measureShape,
});

/** `GET /api/cells`: incidents by H3 cell, with statistics if asked for. */
export function cellsRoutes(app: App, service: Service): void {
  const schema = {
    summary: 'Incidents and statistics by H3 cell',
    querystring: querySchema,
    response: { 200: cellsSchema },
  };
  app.get<{ Querystring: z.infer<typeof querySchema> }>('/api/cells', { schema }, async (request, reply) => {
    const { options, layerName, rest } = splitMeasureQuery(request.query);
    const { resolution, format: wanted, ...query } = rest;
    const holdings = readyHoldings(service);
    const filter = readFilter(service, holdings, query);
    const layer = studyLayer(holdings, layerName, query.vintage);
    const isPlain = countsOnly(options.measures);
    const isCompact = wanted === undefined && wantsCompact(request, isPlain);
    const format = isCompact ? 'json' : chooseFormat(request, wanted, ['json', 'csv', 'geojson']);
    const form = isCompact ? compactType : format;
    const tag = entityTag(holdings, 'cells', filter, [resolution, form, options, layer?.layer, layer?.validFrom]);
    if (isUnchanged(request, reply, tag)) return reply;
    const make = async () => {
      if (isCompact) return compactAnswer(holdings, filter, resolution, tag);
      const { database, harm } = service;
      const body = isPlain
        ? await writeCells(holdings, filter, resolution, format)
        : await writeMeasuredCells(database, holdings, harm, filter, layer, resolution, options, format);
      const { 'content-type': type, ...headers } = fileHeaders(format, 'cells');
      return packedAnswer(tag, type, body, headers);
    };
    return sendKept(request, reply, holdings, tag, make);
  });
}

function wantsCompact(request: FastifyRequest, isPlain: boolean): boolean {
  if (request.headers.accept !== compactType) return false;
  if (isPlain) return true;
  throw new InputError(`measures: ${compactType} carries counts only; ask for JSON, CSV or GeoJSON`);
}

/** All cells in the compact form; the totals, for which it has no room, in headers. */
async function compactAnswer(holdings: Holdings, filter: Filter, resolution: number, tag: string) {
  const sums = await sumCells(holdings, filter, resolution);
  return packedAnswer(tag, compactType, listCells(sums), {
    'hotspot-total': String(sums.total),
    'hotspot-located': String(sums.located),
    'hotspot-version': String(holdings.columns.version),
  });
}
