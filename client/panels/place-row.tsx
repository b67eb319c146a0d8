import type { ComponentChildren } from 'preact';
import { formatRank } from '../map/ranking.ts';
import { placeName } from '../places.ts';
import { hovered, selectPlace, view } from '../state.ts';
import { type Place, samePlace } from '../view.ts';

type Props = {
  readonly place: Place;
  readonly rank: { readonly rank: number; readonly tied: boolean };
  /** Length of the bar below the name, 0 to 1. */
  readonly part: number;
  readonly numbers: readonly string[];
  /** Below the name. */
  readonly children?: ComponentChildren;
};

/** A row of a ranked table: hovered, focused and selected together with its place on the map. */
export function PlaceRow({ place, rank, part, numbers, children }: Props) {
  const enter = () => {
    hovered.value = place;
  };
  const leave = () => {
    if (samePlace(hovered.peek(), place)) hovered.value = null;
  };
  const selected = samePlace(view.value.place, place);
  const classes = [selected && 'selected', samePlace(hovered.value, place) && 'hovered'].filter(Boolean).join(' ');
  return (
    <tr class={classes} onMouseEnter={enter} onMouseLeave={leave} onClick={() => selectPlace(place)}>
      <td class="rank">{formatRank(rank)}</td>
      <th scope="row">
        <button type="button" class="row-button" aria-pressed={selected} onFocus={enter} onBlur={leave}>
          {placeName(place)}
          {children}
        </button>
        <span class="bar" style={{ width: `${100 * part}%` }} />
      </th>
      {numbers.map((text, index) => (
        <td key={index} class="number">
          {text}
        </td>
      ))}
    </tr>
  );
}
