/*
 * GeoJSON is WGS84. Files from before RFC 7946 may name a coordinate system in `crs`:
 * {"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::27700"}}
 */

/** Whether a GeoJSON file is in WGS84, longitude first, by its `crs`. */
export function isWgs84(crs: unknown): boolean {
  return crs === undefined || crs === null || /(CRS84|EPSG:{1,2}4326)$/i.test(crsName(crs));
}

/** Whether a GeoJSON file is in the British National Grid by its `crs`. */
export function isBritishNationalGrid(crs: unknown): boolean {
  return /EPSG:{1,2}27700$/i.test(crsName(crs));
}

/** The name in a `crs`, which may be anything; `unknown` where it has none. */
export function crsName(crs: unknown): string {
  const name = (crs as { properties?: { name?: unknown } } | null | undefined)?.properties?.name;
  return typeof name === 'string' ? name : 'unknown';
}

/** What to tell the person whose file is in a coordinate system that is not read. */
export function otherCrsMessage(fileName: string, crs: unknown): string {
  return `${fileName} is in the coordinate system ${crsName(crs)}. Convert it to WGS84 (EPSG:4326) longitude and latitude.`;
}
