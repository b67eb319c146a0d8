import type { MultiPolygon, Polygon } from 'geojson';

/** Reads a GeoJSON geometry as the polygon of an area, in WGS84 degrees; the answer is a sentence when it is not one. */
export function checkGeometry(geometry: unknown): Polygon | MultiPolygon | string {
  if (typeof geometry !== 'object' || geometry === null) return 'has no geometry';
  const { type, coordinates } = geometry as { type?: unknown; coordinates?: unknown };
  if (type !== 'Polygon' && type !== 'MultiPolygon') return `is a ${String(type)}, not a Polygon or MultiPolygon`;
  const polygons = type === 'Polygon' ? [coordinates] : coordinates;
  if (!Array.isArray(polygons) || polygons.length === 0) return 'has a geometry without coordinates';
  for (const rings of polygons) {
    if (!Array.isArray(rings) || rings.length === 0) return 'has a polygon without rings';
    for (const ring of rings) {
      const fault = ringFault(ring);
      if (fault) return fault;
    }
  }
  return { type, coordinates } as Polygon | MultiPolygon;
}

function ringFault(ring: unknown): string | null {
  if (!Array.isArray(ring) || ring.length < 4) return 'has a ring of fewer than four positions';
  for (const position of ring) {
    const fault = positionFault(position);
    if (fault) return fault;
  }
  const [first, last] = [ring[0], ring[ring.length - 1]];
  return first[0] === last[0] && first[1] === last[1] ? null : 'has a ring that is not closed';
}

function positionFault(position: unknown): string | null {
  const [lng, lat] = Array.isArray(position) ? position : [];
  if (!Number.isFinite(lng) || !Number.isFinite(lat)) return 'has a position that is not two numbers';
  if (Math.abs(lng) > 180 || Math.abs(lat) > 90) {
    return `has coordinates such as ${lng}, ${lat}, which look like metres of the British National Grid (EPSG:27700); convert the file to WGS84 degrees`;
  }
  // No part of Britain lies at 49 to 61 degrees east: there the two have changed places.
  if (lng > 49 && lng < 61 && lat > -9 && lat < 2) {
    return `has coordinates such as ${lng}, ${lat}, which look like latitude first; GeoJSON puts longitude first`;
  }
  return null;
}
