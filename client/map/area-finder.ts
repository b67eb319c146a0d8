type AreaFeature = { readonly properties: { readonly code: string }; readonly geometry: GeoJSON.Geometry | null };
type Ring = readonly (readonly number[])[];

/** A look-up of the area's code at a position, from their polygons. */
export function areaFinder(
  features: readonly AreaFeature[],
): (position: { readonly lat: number; readonly lng: number }) => string | null {
  const pieces = features.flatMap(({ properties, geometry }) =>
    polygonsOf(geometry).map((rings) => ({ code: properties.code, rings })),
  );
  return ({ lat, lng }) => pieces.find(({ rings }) => covers(rings, lng, lat))?.code ?? null;
}

function polygonsOf(geometry: GeoJSON.Geometry | null): Ring[][] {
  if (geometry?.type === 'Polygon') return [geometry.coordinates];
  return geometry?.type === 'MultiPolygon' ? geometry.coordinates : [];
}

function covers([outer, ...holes]: readonly Ring[], x: number, y: number): boolean {
  return outer !== undefined && inRing(outer, x, y) && !holes.some((hole) => inRing(hole, x, y));
}

/** Even-odd rule: a ray to the east crosses the ring an odd number of times from inside. */
function inRing(ring: Ring, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi = 0, yi = 0] = ring[i] ?? [];
    const [xj = 0, yj = 0] = ring[j] ?? [];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
