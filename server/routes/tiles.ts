import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { InputError, NotFoundError } from '../errors.ts';
import { describeCatalog } from '../flows/describe-catalog.ts';
import { drawAreasTile } from '../flows/draw-areas-tile.ts';
import { drawCellsTile, drawMeasuresTile, listCellsOfTile } from '../flows/draw-cells-tile.ts';
import type { Holdings } from '../flows/load-holdings.ts';
import { measureCells } from '../flows/measure-cells.ts';
import { findLayer } from '../flows/vintages.ts';
import { compactType, type Measure, resolutionForZoom } from '../model.ts';
import type { App, Service } from '../service.ts';
import { countsOnly, measureShape, splitMeasureQuery, studyLayer } from './measures.ts';
import { packedAnswer, sendKept } from './packed-answer.ts';
import { entityTag, isUnchanged, readFilter, readingQuery, readyHoldings, resolutionSchema } from './reading.ts';

const finestZoom = 22;
const tileType = 'application/vnd.mapbox-vector-tile';

const tileNumber = z.coerce.number().int().min(0);
const addressShape = { z: tileNumber.max(finestZoom), x: tileNumber, y: tileNumber };
const cellsParams = z.object(addressShape);
const areasParams = z.object({ layer: z.string(), ...addressShape });
/** `v` is for the asker: with the data version in the address, a changed answer has a new address. */
const version = z
  .string()
  .max(40)
  .optional()
  .describe('Any text; put the data version here to get a new address for new data');
const cellsQuery = readingQuery({
  resolution: resolutionSchema.optional(),
  properties: z.enum(['cell']).optional().describe('`cell`: each cell carries its H3 index as text too'),
  ...measureShape,
  v: version,
});
const areasQuery = readingQuery({ v: version });
const cellsJsonQuery = cellsQuery;
const areasJsonQuery = areasQuery;

type CellsRoute = { Params: z.infer<typeof cellsParams>; Querystring: z.infer<typeof cellsQuery> };
type AreasRoute = { Params: z.infer<typeof areasParams>; Querystring: z.infer<typeof areasQuery> };

/** The two families of vector tiles, and their TileJSON. */
export function tilesRoutes(app: App, service: Service): void {
  const cells = { summary: 'Vector tile of cells', params: cellsParams, querystring: cellsQuery };
  app.get<CellsRoute>('/tiles/cells/:z/:x/:y.mvt', { schema: cells }, async (request, reply) => {
    const { options, layerName, rest } = splitMeasureQuery(request.query);
    const { resolution: wanted, properties, v: _, ...query } = rest;
    const address = checkedAddress(request.params);
    const holdings = readyHoldings(service);
    const filter = readFilter(service, holdings, query);
    const resolution = wanted ?? resolutionForZoom(address.z);
    const layer = studyLayer(holdings, layerName, query.vintage);
    const type = formOf(request, options.measures);
    const tag = entityTag(holdings, type, filter, [
      resolution,
      address,
      options,
      layer?.layer,
      layer?.validFrom,
      properties,
    ]);
    const named = properties === 'cell';
    const draw = async () => {
      if (type === compactType) return listCellsOfTile(holdings, filter, resolution, address);
      if (countsOnly(options.measures)) return drawCellsTile(holdings, filter, resolution, address, named);
      const { database, harm } = service;
      const measured = await measureCells(database, holdings, harm, filter, layer, resolution, options);
      return drawMeasuresTile(measured, address, named);
    };
    return sendTile(request, reply, holdings, tag, type, draw);
  });

  const areas = { summary: 'Vector tile of areas and their names', params: areasParams, querystring: areasQuery };
  app.get<AreasRoute>('/tiles/areas/:layer/:z/:x/:y.mvt', { schema: areas }, async (request, reply) => {
    const { v: _, ...query } = request.query;
    const { layer: name, ...tile } = request.params;
    const address = checkedAddress(tile);
    const holdings = readyHoldings(service);
    const layer = findLayer(holdings, name, query.vintage);
    const filter = readFilter(service, holdings, query);
    const tag = entityTag(holdings, 'areas-tile', filter, [layer.layer, layer.validFrom, address]);
    const draw = () => drawAreasTile(service.database, holdings, filter, layer, address);
    return sendTile(request, reply, holdings, tag, tileType, draw);
  });

  const cellsJson = { summary: 'TileJSON of the cells', querystring: cellsJsonQuery };
  app.get<CellsRoute>('/tiles/cells.json', { schema: cellsJson }, (request, reply) => {
    const holdings = readyHoldings(service);
    const { options, rest } = splitMeasureQuery(request.query);
    readFilter(service, holdings, withoutOwn(rest));
    const fields = {
      ...(rest.properties === 'cell' && { cell: 'H3 index' }),
      ...Object.fromEntries(options.measures.map((name) => [name, `Measure ${name}`])),
    };
    return reply.send(tileJson(service, holdings, request, 'cells', [{ id: 'cells', fields }]));
  });

  const areasJson = {
    summary: 'TileJSON of a layer of areas',
    params: z.object({ layer: z.string() }),
    querystring: areasJsonQuery,
  };
  app.get<{ Params: { layer: string }; Querystring: AreasRoute['Querystring'] }>(
    '/tiles/areas/:layer.json',
    { schema: areasJson },
    (request, reply) => {
      const holdings = readyHoldings(service);
      findLayer(holdings, request.params.layer, request.query.vintage);
      readFilter(service, holdings, withoutOwn(request.query));
      const fields = { code: 'Code of the area', name: 'Name of the area', count: 'Incidents' };
      const layers = ['areas', 'labels'].map((id) => ({ id, fields }));
      return reply.send(tileJson(service, holdings, request, `areas/${request.params.layer}`, layers));
    },
  );
}

/** Draws a tile unless the asker or the service has it. */
async function sendTile(
  request: FastifyRequest,
  reply: FastifyReply,
  holdings: Holdings,
  tag: string,
  type: string,
  draw: () => Promise<Uint8Array | null>,
) {
  if (isUnchanged(request, reply, tag)) return reply;
  return sendKept(request, reply, holdings, tag, async () => packedAnswer(tag, type, await draw()));
}

/** Whether ids and counts are asked for, for those who draw the hexagons themselves, or a drawn tile. */
function formOf(request: FastifyRequest, measures: readonly Measure[]): string {
  if (request.headers.accept !== compactType) return tileType;
  if (countsOnly(measures)) return compactType;
  throw new InputError(`measures: ${compactType} carries counts only; ask for a tile without that Accept header`);
}

/** A query without the parameters that are the tiles' own. */
function withoutOwn<Query extends Record<string, unknown>>(query: Query) {
  const { resolution: _, v: __, properties: ___, ...filter } = query;
  return filter;
}

function checkedAddress({ z, x, y }: { z: number; x: number; y: number }) {
  if (x >= 2 ** z || y >= 2 ** z)
    throw new NotFoundError(`there is no tile ${z}/${x}/${y}: at zoom ${z} x and y go to ${2 ** z - 1}`);
  return { z, x, y };
}

/** TileJSON 3.0 whose tiles repeat the query of the request, with the data version added. */
function tileJson(
  service: Service,
  holdings: Holdings,
  request: FastifyRequest,
  path: string,
  layers: readonly { id: string; fields: object }[],
) {
  const { bounds, sources, layers: areaLayers, version: dataVersion } = describeCatalog(holdings, service.taxonomy);
  const query = new URLSearchParams({ ...(request.query as Record<string, string>), v: String(dataVersion) });
  const attribution = [
    ...new Set([...sources, ...areaLayers].map((source) => source.attribution).filter(Boolean)),
  ].join(' ');
  return {
    tilejson: '3.0.0',
    tiles: [`${request.protocol}://${request.host}/tiles/${path}/{z}/{x}/{y}.mvt?${query}`],
    vector_layers: layers,
    minzoom: 0,
    maxzoom: finestZoom,
    attribution,
    ...(bounds && { bounds }),
  };
}
