import { latLngToCell } from 'h3-js';
import { finestResolution, type Position } from '../model.ts';

/** The H3 cell at the finest resolution in which a position lies, as H3 writes it: `8c19…` in hex. */
export function leafCell(position: Position): string {
  return latLngToCell(position.lat, position.lng, finestResolution);
}

/** A cell as the decimal text of a Postgres `bigint`; H3 indexes never have the sign bit. */
export function cellToDecimal(cell: string): string {
  return BigInt(`0x${cell}`).toString();
}
