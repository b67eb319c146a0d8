const names: Record<string, { readonly one: string; readonly many: string }> = {
  ward: { one: 'ward', many: 'wards' },
  lsoa: { one: 'LSOA', many: 'LSOAs' },
  msoa: { one: 'MSOA', many: 'MSOAs' },
  district: { one: 'district', many: 'districts' },
  parish: { one: 'parish', many: 'parishes' },
};

/** What one area of a layer is called: `ward`. */
export function areaNoun(layer: string): string {
  return names[layer]?.one ?? layer;
}

/** What several are called: `wards`. */
export function areaNouns(layer: string): string {
  return names[layer]?.many ?? `${layer} areas`;
}

/** With a capital, to begin a sentence or a label. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
