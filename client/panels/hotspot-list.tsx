import type { Hotspot, Hotspots } from '../../server/model.ts';
import { catalogData, hotspots, shownMeasure } from '../data.ts';
import { formatChange, formatCount, formatProbability, formatShare } from '../format.ts';
import { StudyNotes } from '../map/study-notes.tsx';
import { chanceWords, monthsWords, peakWords } from '../measures/hotspot-words.ts';
import { navigate, view } from '../state.ts';
import { hotspotPeriods, hotspotRanks } from '../view.ts';
import { comparedPeriod } from './compared-period.ts';
import { PlaceRow } from './place-row.tsx';
import { SegmentedControl } from './segmented-control.tsx';

const rankLabels = { count: 'Count', z: 'z' };
const periodLabels = { all: 'All hours', day: 'Day', night: 'Night' };

/** Significant concentrations as ranked places, linked to their outlines on the map. */
export function HotspotList() {
  const { data, loading } = hotspots.state.value;
  return (
    <>
      <HotspotChoices />
      {shownMeasure.value !== 'giStar' && <ShowOnMap />}
      {loading && (
        <p class="muted" role="status">
          Looking for hot spots
        </p>
      )}
      {data && (data.hotspots.length > 0 ? <HotspotTable answer={data} /> : <NoHotspots />)}
      {data && <StudyNotes study={data.study} notes={data.notes} />}
    </>
  );
}

function HotspotChoices() {
  const { rank, period } = view.value;
  const hasHours = catalogData.value?.hasHours ?? false;
  const choose = <T extends string>(values: readonly T[], value: string) => values.find((one) => one === value);
  return (
    <div class="hotspot-choices">
      <span class="choice">
        <span class="muted">Rank by</span>
        <SegmentedControl
          label="Rank by"
          options={hotspotRanks.map((value) => ({ value, label: rankLabels[value] }))}
          value={rank}
          onChange={(value) => navigate({ rank: choose(hotspotRanks, value) ?? rank })}
        />
      </span>
      <SegmentedControl
        label="Hours, day is 07:00 to 19:00"
        options={hotspotPeriods.map((value) => ({ value, label: periodLabels[value] }))}
        value={period}
        onChange={(value) => navigate({ period: choose(hotspotPeriods, value) ?? period })}
        disabled={!hasHours}
      />
      {hasHours ? (
        period !== 'all' && (
          <p class="note">
            {period === 'day' ? '07:00 to 19:00' : '19:00 to 07:00'}, by incidents whose hour is known. The map shows
            all hours.
          </p>
        )
      ) : (
        <p class="note">Day and night cannot be told apart: the data held have no hour of day.</p>
      )}
    </div>
  );
}

function ShowOnMap() {
  return (
    <p class="note">
      The map shows something else.{' '}
      <button
        type="button"
        class="link-button"
        onClick={() => navigate({ show: 'hexagons', measure: 'giStar', outlines: true })}
      >
        Show hot spots on the map
      </button>
    </p>
  );
}

function HotspotTable({ answer }: { readonly answer: Hotspots }) {
  const most = answer.hotspots.reduce((most, { count }) => Math.max(most, count), 0);
  return (
    <>
      <table class="ranked">
        <thead>
          <tr>
            <th scope="col">Rank</th>
            <th scope="col">Hot spot</th>
            <th scope="col">Count</th>
          </tr>
        </thead>
        <tbody>
          {answer.hotspots.map((place) => (
            <PlaceRow
              key={place.id}
              place={{ kind: 'hotspot', id: place.id }}
              rank={{ rank: place.rank, tied: false }}
              part={most > 0 ? place.count / most : 0}
              numbers={[formatCount(place.count)]}
            >
              <HotspotLines place={place} />
            </PlaceRow>
          ))}
        </tbody>
      </table>
      {answer.found > answer.hotspots.length && (
        <p class="note">
          The first {answer.hotspots.length} of {formatCount(answer.found)} hot spots.
        </p>
      )}
    </>
  );
}

function HotspotLines({ place }: { readonly place: Hotspot }) {
  const wards = place.areas.map(({ name }) => name);
  const inWords = wards.length > 3 ? `${wards.slice(0, 2).join(', ')} and ${wards.length - 2} more` : wards.join(', ');
  return (
    <>
      {[inWords, shareLine(place), changeLine(place), monthsWords(place), peakWords(place)]
        .filter(Boolean)
        .map((text) => (
          <span class="muted" key={text}>
            {' '}
            {text}
          </span>
        ))}
    </>
  );
}

function shareLine({ share }: Hotspot): string | null {
  return share === null ? null : `${formatShare(share, 1)} of all`;
}

function changeLine({ change, changeP }: Hotspot): string | null {
  if (change === null || comparedPeriod() === null) return null;
  const verdict = changeP === null ? '' : `: ${chanceWords(changeP)}, ${formatProbability('p', changeP)}`;
  return `${change === 0 ? 'No change' : formatChange(change)} on ${comparedPeriod()}${verdict}`;
}

function NoHotspots() {
  return (
    <div class="notice">
      <p>
        <strong>No significant concentration under this filter</strong>
      </p>
      <p>
        No hexagon and its neighbours hold more incidents than chance alone could put there, once it is counted how many
        hexagons are tested. That is not proof that none exist: with few incidents only strong ones can be told from
        chance. Try a longer period or fewer conditions.
      </p>
    </div>
  );
}
