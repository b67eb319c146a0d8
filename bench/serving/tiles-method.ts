type Conditions = {
  readonly incidents: number;
  readonly tiles: number;
  readonly warmUpFilters: number;
  readonly newFilters: number;
  readonly checkedTiles: number;
  /** Cells on the tiles that were checked. */
  readonly compared: number;
  /** Compressed size of the one warm tile. */
  readonly bytes: number;
};

/** How tiles were measured, in words. */
export function tilesMethod(conditions: Conditions): string[] {
  const { incidents, tiles, warmUpFilters, newFilters, checkedTiles, compared, bytes } = conditions;
  const number = (value: number) => value.toLocaleString('en-GB');
  return [
    `Our service, as a process of its own with ${number(incidents)} derived incidents, beside what most would write: a Fastify route of a few lines, also
a process of its own, that calls a PostGIS function on the same database and keeps compressed tiles by their address (lru-cache), each made once
however many ask for it. The function looks up the hexagons of the tile by a spatial index on outlines made beforehand, counts each by the covering
indexes of the comparison above, and ends with ST_AsMVT, with our extent, margin and ids. Before the timing, both gave the same ${number(compared)}
cells with the same counts on ${checkedTiles} tiles; those also had both make what they make only once, like the outlines.`,
    `${number(tiles)} different tiles around places taken by chance, at zooms 9 to 12 (resolutions 7, 8, 9 and 9), asked for by autocannon over 8
connections with gzip. All were asked for before, under ${warmUpFilters} filters that do not count. “${newFilters} new filters” is what a map asks after a click:
tiles that it showed before, under a filter that nobody asked for before. “A new filter for each tile” is the other extreme, which no map asks: each
tile under two categories and three months of its own. Like the function, ours counts the hexagons of a tile alone for the first four tiles under a
filter that hold less than an eighth of the incidents each, and less than a million. “Remembered” is what asking
and sending alone allow, on the processor time that the asking process leaves.`,
    `Warm tiles are asked for by autocannon for 10 seconds after 3 that do not count; the one tile is the one nearest to 20 kB (${number(bytes)} bytes
compressed). Requests a second and core are requests over the processor time of the server's process, all its threads together, as Linux tells it;
the database works on further processor time that is not counted in.`,
  ];
}
