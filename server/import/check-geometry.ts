import type { Position as GeoPosition, MultiPolygon, Polygon } from 'geojson';
import type { Position } from '../model.ts';

/** Turns metres of the British National Grid into degrees. */
export type FromGrid = (easting: number, northing: number) => Position;

/**
 * Reads a GeoJSON geometry as the polygon of an area, in WGS84 degrees; the answer is a sentence when it is not one.
 * With `fromGrid` the positions are metres of the British National Grid.
 */
export function checkGeometry(geometry: unknown, fromGrid: FromGrid | null = null): Polygon | MultiPolygon | string {
  if (typeof geometry !== 'object' || geometry === null) return 'has no geometry';
  const { type, coordinates } = geometry as { type?: unknown; coordinates?: unknown };
  if (type !== 'Polygon' && type !== 'MultiPolygon') return `is a ${String(type)}, not a Polygon or MultiPolygon`;
  const polygons = type === 'Polygon' ? [coordinates] : coordinates;
  if (!Array.isArray(polygons) || polygons.length === 0) return 'has a geometry without coordinates';
  for (const rings of polygons) {
    if (!Array.isArray(rings) || rings.length === 0) return 'has a polygon without rings';
    for (const ring of rings) {
      const fault = ringFault(ring, fromGrid !== null);
      if (fault) return fault;
    }
  }
  if (!fromGrid) return { type, coordinates } as Polygon | MultiPolygon;
  const turned = (polygons as GeoPosition[][][]).map((rings) => rings.map((ring) => ring.map(turnPosition(fromGrid))));
  return type === 'Polygon' ? { type, coordinates: turned[0]! } : { type, coordinates: turned };
}

/** Whether a geometry's first position can only be metres of the British National Grid. */
export function looksLikeGrid(geometry: unknown): boolean {
  let first = (geometry as { coordinates?: unknown } | null)?.coordinates;
  while (Array.isArray(first) && Array.isArray(first[0])) first = first[0];
  const [x, y] = Array.isArray(first) ? first : [];
  return Number.isFinite(x) && Number.isFinite(y) && (x > 180 || y > 90) && isOnGrid(x, y);
}

function isOnGrid(easting: number, northing: number): boolean {
  return easting >= 0 && easting <= 700_000 && northing >= 0 && northing <= 1_300_000;
}

function turnPosition(fromGrid: FromGrid) {
  return ([easting = 0, northing = 0]: GeoPosition): GeoPosition => {
    const { lat, lng } = fromGrid(easting, northing);
    return [lng, lat];
  };
}

function ringFault(ring: unknown, isGrid: boolean): string | null {
  if (!Array.isArray(ring) || ring.length < 4) return 'has a ring of fewer than four positions';
  for (const position of ring) {
    const fault = isGrid ? gridFault(position) : positionFault(position);
    if (fault) return fault;
  }
  const [first, last] = [ring[0], ring[ring.length - 1]];
  if (first[0] !== last[0] || first[1] !== last[1]) {
    return 'has a ring that is not closed: its last position must be the same as its first';
  }
  return isOneLine(ring) ? 'has a ring whose positions all lie on one line, so that it surrounds nothing' : null;
}

/** Whether no three positions make a corner, but for what rounding makes of a line. */
function isOneLine(ring: readonly (readonly [number, number])[]): boolean {
  const [x0, y0] = ring[0]!;
  const lengthTo = ([x, y]: readonly [number, number]) => Math.hypot(x - x0, y - y0);
  const far = ring.reduce((best, position) => (lengthTo(position) > lengthTo(best) ? position : best));
  const [dx, dy] = [far[0] - x0, far[1] - y0];
  const tolerance = 1e-9 * (dx * dx + dy * dy);
  return ring.every(([x, y]) => Math.abs(dx * (y - y0) - dy * (x - x0)) <= tolerance);
}

function gridFault(position: unknown): string | null {
  const [easting, northing] = Array.isArray(position) ? position : [];
  if (!Number.isFinite(easting) || !Number.isFinite(northing)) return 'has a position that is not two numbers';
  if (isOnGrid(easting, northing)) return null;
  return `has the coordinates ${easting}, ${northing}, which lie off the British National Grid that the rest of the file is in`;
}

function positionFault(position: unknown): string | null {
  const [lng, lat] = Array.isArray(position) ? position : [];
  if (!Number.isFinite(lng) || !Number.isFinite(lat)) return 'has a position that is not two numbers';
  if (Math.abs(lng) > 180 || Math.abs(lat) > 90) {
    return `has coordinates such as ${lng}, ${lat}, which are neither WGS84 degrees nor metres of the British National Grid (EPSG:27700); convert the file to WGS84 degrees`;
  }
  // No part of Britain lies at 49 to 61 degrees east: there the two have changed places.
  if (lng > 49 && lng < 61 && lat > -9 && lat < 2) {
    return `has coordinates such as ${lng}, ${lat}, which look like latitude first; GeoJSON puts longitude first`;
  }
  return null;
}
