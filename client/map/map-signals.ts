import { signal } from '@preact/signals';
import type { CellValues } from '../cells/cell-values.ts';
import type { Scale } from '../measures/measure-scale.ts';
import type { Method } from '../measures/measures.ts';
import type { Place } from '../view.ts';
import type { CountClass } from './class-breaks.ts';

/** What the map shows at this moment: the legend reads it, so legend and colours change together. */
export type ShownPicture =
  | {
      readonly kind: 'hexagons';
      readonly answer: CellValues;
      readonly scale: Scale;
      readonly method: Method;
      /** The month that is played, if months are. */
      readonly month: string | null;
    }
  | {
      readonly kind: 'areas';
      readonly layer: string;
      readonly validFrom: string | null;
      readonly classes: readonly CountClass[];
    };

export const shownPicture = signal<ShownPicture | null>(null);
/** Pointer over the map, in its pixels; null when it is elsewhere. */
export const pointer = signal<{ readonly x: number; readonly y: number } | null>(null);
/** Id of the layer of hexagons on the map now; the pointer asks it. */
export const shownCellLayer = signal<string | null>(null);
/** What the rest of the page can make the map do; null until the map is there. */
export const mapActions = signal<{
  readonly zoomTo: (place: Place) => void;
  readonly fitToData: () => void;
} | null>(null);
