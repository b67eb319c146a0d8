import type { AreaReference } from '../model.ts';
import type { AreaLayer } from './columns.ts';

/** The vintage that an area of a filter is meant in: the one it names, else the newest that has it; null when none has. */
export function vintageOf(
  { layers }: { readonly layers: readonly AreaLayer[] },
  { layer, code, validFrom }: AreaReference,
): AreaLayer | null {
  return (
    layers.findLast(
      (vintage) =>
        vintage.layer === layer &&
        (validFrom === undefined || vintage.validFrom === validFrom) &&
        vintage.areas.some((area) => area.code === code),
    ) ?? null
  );
}
