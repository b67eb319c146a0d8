import proj4 from 'proj4';
import type { Position } from '../model.ts';

/** EPSG:27700 with the seven parameters of the Ordnance Survey's OSGB36 transformation: right to about 3 metres. */
const britishNationalGrid =
  '+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy ' +
  '+towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m +no_defs';

const converter = proj4(britishNationalGrid, 'WGS84');

/** Turns British National Grid metres into WGS84 degrees, rounded to seven places (a centimetre). */
export function bngToWgs84(easting: number, northing: number): Position {
  const [lng, lat] = converter.forward([easting, northing]) as [number, number];
  return { lat: round(lat), lng: round(lng) };
}

function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}
