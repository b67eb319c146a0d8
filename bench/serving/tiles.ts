import { Agent } from 'node:http';
import type { TileAddress } from '../../server/tiles/mercator.ts';
import { figureText } from '../report/figure-text.ts';
import { keepSection } from '../report/results.ts';
import type { Aim, Table } from '../report/section.ts';
import { largestKept, scaleDatabase, scaleObstacle, scaleSizes } from '../scale/scale-database.ts';
import { packageVersion, serverVersions } from '../scale/versions.ts';
import { ask } from './ask.ts';
import { refuseUnequalTiles } from './compare-tiles.ts';
import { coldLoad, type LoadFigures, type WarmFigures, warmLoad } from './load.ts';
import { type RunningServer, startAsMvt, startOurs } from './running-server.ts';
import { prepareTileFunction } from './tile-function.ts';
import { fullestTiles, newFilter, tilePath, tilesAroundPlaces, wideFilter, zooms } from './tile-questions.ts';
import { tilesMethod } from './tiles-method.ts';

/** One way of asking, answered by both. */
export type ColdRound = { readonly name: string; readonly ours: LoadFigures; readonly asMvt: LoadFigures };
export type WarmRound = { readonly name: string; readonly ours: WarmFigures; readonly asMvt: WarmFigures };

/** Of each zoom as many, which the connections can share. */
const coldTiles = 320;
/** The number of the first filter under which all tiles are asked for. */
const firstOfAll = 900;
/** Filters under which all tiles are asked for, one after the other: some that do not count, then those that do. */
const warmUpFilters = 3;
const newFilters = 5;
const checkedTiles = 24;
const warmTiles = 50;
const wantedBytes = 20_000;
const gzipped = { 'accept-encoding': 'gzip' };
/** Tiles from ours and from a PostGIS function with ST_AsMVT, cold and warm, over eight connections. */
export async function benchTiles(fresh: boolean): Promise<void> {
  const obstacle = scaleObstacle();
  if (obstacle) return console.log(`not measured: ${obstacle}`);
  const size = await largestKept();
  const url = await scaleDatabase(size, fresh);
  await prepareTileFunction(url);
  const tiles = inTurn(await tilesAroundPlaces(url, coldTiles * 10));
  const ours = await startOurs(url);
  const asMvt = await startAsMvt(url).catch((error) => ours.stop().then(() => Promise.reject(error)));
  try {
    const compared = await warmUp(ours, asMvt, tiles);
    const cold = await coldRounds(ours, asMvt, tiles);
    const { warm, bytes } = await warmRounds(ours, asMvt, tiles, await fullestTiles(url));
    keepSection({
      name: 'tiles',
      title: 'Tiles under load',
      aims: aims(cold, warm),
      method: tilesMethod({
        incidents: scaleSizes[size],
        tiles: tiles.length,
        warmUpFilters,
        newFilters,
        checkedTiles,
        compared,
        bytes,
      }),
      tables: [coldTable(cold), warmTable(warm)],
      versions: { ...(await serverVersions(url)), autocannon: packageVersion('autocannon') },
    });
  } finally {
    await Promise.all([ours.stop(), asMvt.stop()]);
  }
}

/** Tiles that differ, as many of each zoom, going through the zooms in turn. */
function inTurn(tiles: readonly TileAddress[]): TileAddress[] {
  const distinct = [...new Map(tiles.map((tile) => [`${tile.z}/${tile.x}/${tile.y}`, tile])).values()];
  const byZoom = zooms.map((z) => distinct.filter((tile) => tile.z === z));
  return Array.from({ length: coldTiles }, (_, at) => {
    const tile = byZoom[at % zooms.length]![Math.floor(at / zooms.length)];
    if (!tile) throw new Error(`there are fewer than ${coldTiles} different tiles`);
    return tile;
  });
}

/** Has both make what they make once, and refuses to go on unless they draw the same. */
async function warmUp(ours: RunningServer, asMvt: RunningServer, tiles: readonly TileAddress[]): Promise<number> {
  const paths = tiles.slice(0, checkedTiles).map((tile, at) => tilePath({ tile, query: newFilter(1000 + at) }));
  const compared = await refuseUnequalTiles(ours.url, asMvt.url, paths);
  const all = underFilters(tiles, firstOfAll, warmUpFilters);
  for (const server of [ours, asMvt]) await coldLoad(server, all, gzipped);
  console.log(`the same ${compared} cells with the same counts on ${paths.length} tiles`);
  return compared;
}

/** The paths of all tiles under one filter after another. */
function underFilters(tiles: readonly TileAddress[], first: number, filters: number): string[] {
  return Array.from({ length: filters }, (_, at) =>
    tiles.map((tile) => tilePath({ tile, query: newFilter(first + at) })),
  ).flat();
}

async function coldRounds(ours: RunningServer, asMvt: RunningServer, tiles: readonly TileAddress[]) {
  const underOwn = tiles.map((tile, at) => tilePath({ tile, query: newFilter(at) }));
  const underEach = underFilters(tiles, firstOfAll + warmUpFilters, newFilters);
  const atZoom = (z: number) => underOwn.filter((_, at) => tiles[at]!.z === z);
  const rounds = [
    { name: `${newFilters} new filters, all tiles`, paths: underEach },
    { name: 'the same once more, remembered', paths: underEach },
    ...zooms.map((z) => ({ name: `a new filter for each tile, zoom ${z}`, paths: atZoom(z) })),
  ];
  const found: ColdRound[] = [];
  for (const { name, paths } of rounds) {
    const load = (server: RunningServer) => coldLoad(server, paths, gzipped);
    const round = { name, ours: await load(ours), asMvt: await load(asMvt) };
    console.log(`cold, ${name}: ours ${inWords(round.ours)}; ST_AsMVT ${inWords(round.asMvt)}`);
    found.push(round);
  }
  return found;
}

async function warmRounds(
  ours: RunningServer,
  asMvt: RunningServer,
  tiles: readonly TileAddress[],
  fullest: readonly TileAddress[],
) {
  const pathsOf = (some: readonly TileAddress[]) => some.map((tile) => tilePath({ tile, query: wideFilter }));
  const paths = pathsOf(tiles);
  const { path, bytes } = await nearestInSize(ours, [...paths, ...pathsOf(fullest)]);
  const rounds = [
    { name: `one tile of ${figureText(bytes / 1000)} kB`, paths: [path] },
    { name: `${warmTiles} tiles`, paths: paths.slice(0, warmTiles) },
  ];
  const found: WarmRound[] = [];
  for (const { name, paths } of rounds) {
    const load = (server: RunningServer) => warmLoad(server, paths, gzipped);
    const round = { name, ours: await load(ours), asMvt: await load(asMvt) };
    const aCore = `${figureText(round.ours.requestsPerSecondAndCore)} a second and core`;
    console.log(`warm, ${name}: ours ${inWords(round.ours)}, ${aCore}; ST_AsMVT ${inWords(round.asMvt)}`);
    found.push(round);
  }
  return { warm: found, bytes };
}

/** The tile of ours whose compressed body is nearest to what the aim speaks of. */
async function nearestInSize({ url }: RunningServer, paths: readonly string[]) {
  const agent = new Agent({ keepAlive: true });
  let nearest = { path: '', bytes: 0 };
  for (const path of paths) {
    const { body } = await ask(agent, url + path, gzipped);
    if (Math.abs(body.length - wantedBytes) < Math.abs(nearest.bytes - wantedBytes))
      nearest = { path, bytes: body.length };
  }
  agent.destroy();
  return nearest;
}

function aims(cold: readonly ColdRound[], warm: readonly WarmRound[]): Aim[] {
  const [sameFilter, _remembered, ...newFilters] = cold.map(
    ({ ours, asMvt }) => ours.requestsPerSecond / asMvt.requestsPerSecond,
  );
  const [least, most] = [Math.min(...newFilters), Math.max(...newFilters)];
  const perCore = warm[0]!.ours.requestsPerSecondAndCore;
  return [
    {
      what: 'cold tiles a second, beside ST_AsMVT: a map that changes its filter',
      aim: '20 times',
      found: `${figureText(sameFilter!)} times`,
      met: sameFilter! >= 20,
    },
    {
      what: 'the same, when no two tiles have the same filter',
      aim: '20 times',
      found: `${figureText(least)} to ${figureText(most)} times, by zoom`,
      met: least >= 20,
    },
    {
      what: 'warm tiles of 20 kB a second and core',
      aim: 'at least 15,000',
      found: figureText(perCore),
      met: perCore >= 15_000,
    },
  ];
}

function coldTable(rounds: readonly ColdRound[]): Table {
  return {
    caption:
      'Cold, and once more what is then remembered: no tile was asked for under its filter before; p50 and p99 in milliseconds, bytes of an answer with its headers',
    columns: ['', ...loadColumns, 'ours ÷ ST_AsMVT'],
    rows: rounds.flatMap(({ name, ours, asMvt }) => [
      [`${name}: ours`, ...loadCells(ours), figureText(ours.requestsPerSecond / asMvt.requestsPerSecond)],
      [`${name}: ST_AsMVT`, ...loadCells(asMvt), '–'],
    ]),
  };
}

function warmTable(rounds: readonly WarmRound[]): Table {
  const cells = (load: WarmFigures) => [
    ...loadCells(load),
    figureText(load.coresUsed),
    figureText(load.requestsPerSecondAndCore),
  ];
  return {
    caption: 'Warm: the same tiles over and over; bytes as above',
    columns: ['', ...loadColumns, 'cores used by the server', 'requests a second and core'],
    rows: rounds.flatMap(({ name, ours, asMvt }) => [
      [`${name}: ours`, ...cells(ours)],
      [`${name}: ST_AsMVT, kept by its server`, ...cells(asMvt)],
    ]),
  };
}

const loadColumns = ['requests a second', 'p50', 'p99', 'bytes'];

function loadCells({ requestsPerSecond, p50, p99, bytes }: LoadFigures): string[] {
  return [requestsPerSecond, p50, p99, bytes].map(figureText);
}

function inWords(load: LoadFigures): string {
  const [perSecond, p50, p99, bytes] = loadCells(load);
  return `${perSecond} a second, p50 ${p50} ms, p99 ${p99} ms, ${bytes} bytes`;
}
