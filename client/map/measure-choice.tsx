import { comparison } from '../data.ts';
import { measureLabels } from '../measures/measures.ts';
import { changeFilter, navigate, view } from '../state.ts';
import { type ShownMeasure, shownMeasures } from '../view.ts';

/** What the hexagons are coloured by. A change is offered only where there is something to compare with. */
export function MeasureChoice() {
  const { measure } = view.value;
  const possible = comparison.value;
  const noChange = possible !== null && possible.kind !== 'possible';
  return (
    <>
      <label class="inline-field measure-choice">
        <span>Measure</span>
        <select
          class="select compact"
          value={measure}
          onChange={(event) => navigate({ measure: event.currentTarget.value as ShownMeasure })}
        >
          {shownMeasures.map((name) => (
            <option key={name} value={name} disabled={name === 'change' && noChange}>
              {measureLabels[name]}
            </option>
          ))}
        </select>
      </label>
      {possible && noChange && (
        <NoChange reason={possible.kind === 'impossible' ? possible.reason : null} asked={measure === 'change'} />
      )}
    </>
  );
}

type NoChangeProps = { readonly reason: string | null; readonly asked: boolean };

function NoChange({ reason, asked }: NoChangeProps) {
  return (
    <p class="note">
      {asked ? 'Counts are shown, because a change cannot be. ' : 'Change is not on offer. '}
      {reason ?? (
        <>
          Nothing is compared with.{' '}
          <button type="button" class="link-button" onClick={() => changeFilter({ compare: 'previous-year' })}>
            Compare with the year before
          </button>
        </>
      )}
    </p>
  );
}
