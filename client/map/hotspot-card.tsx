import type { Hotspot } from '../../server/model.ts';
import { hotspots } from '../data.ts';
import { formatArea, formatCount, formatIncidents, formatShare } from '../format.ts';
import { changeInWords, monthsWords, peakWords, strengthWords } from '../measures/hotspot-words.ts';
import { comparedPeriod } from '../panels/compared-period.ts';
import { hotspotOf } from '../places.ts';
import { isNarrow } from '../state.ts';

/** Rank, size and wards of a hot spot, for the line below its name. */
export function hotspotKind(id: string): string {
  const place = hotspotOf(id);
  if (!place) return 'Hot spot';
  const [first, second, ...more] = place.areas.map(({ name }) => name);
  const others = more.length > 0 ? ` and ${more.length} more` : '';
  const areas = [first, second].filter(Boolean).join(more.length > 0 ? ', ' : ' and ');
  return `Hot spot ${place.rank}, ${formatArea(place.areaSquareKilometres)}${areas && ` in ${areas}${others}`}`;
}

/** The numbers of a hot spot, and what makes it up. */
export function HotspotFigures({ id }: { readonly id: string }) {
  const place = hotspotOf(id);
  if (!place) return <p>{hotspots.state.value.loading ? 'Loading' : 'This is not a hot spot under this filter.'}</p>;
  const change = changeInWords(place, comparedPeriod());
  return (
    <>
      <p class="place-count">
        <strong>{formatCount(place.count)}</strong> {place.count === 1 ? 'incident' : 'incidents'}
        {place.share !== null && <span class="muted">, {formatShare(place.share, 1)} of all</span>}
        {change && <span class="place-change">{change}</span>}
      </p>
      <ul class="place-facts">
        {[strengthWords(place), monthsWords(place), peakWords(place)].filter(Boolean).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <Shares title="Streets" items={place.streets} />
      <Shares title="Categories" items={place.categories} />
    </>
  );
}

type SharesProps = { readonly title: string; readonly items: Hotspot['streets'] };

function Shares({ title, items }: SharesProps) {
  if (items.length === 0) return null;
  return (
    <details class="place-shares" open={!isNarrow.value}>
      <summary>{title}</summary>
      <ul>
        {items.slice(0, 3).map(({ name, count }) => (
          <li key={name} title={formatIncidents(count)}>
            <span>{name}</span> <span>{formatCount(count)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
