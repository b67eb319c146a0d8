import type { StudyDescription } from '../../server/model.ts';
import { hasChoiceOfP, isCorrected, type Method } from '../measures/measures.ts';
import { correctionWords, probabilityWords } from '../measures/method-words.ts';
import { navigate, view } from '../state.ts';
import type { Correction, ShownMeasure, SourceOfP } from '../view.ts';

type Props = { readonly measure: ShownMeasure; readonly study: StudyDescription; readonly method: Method };

const correctionLabels: Record<Correction, string> = {
  fdr: 'FDR',
  bonferroni: 'Bonferroni',
  none: 'None',
};
const labelsOfP: Record<SourceOfP, string> = { normal: 'p: normal', randomisation: 'p: permutation' };

/** The correction named and where p comes from, with the choice of both. */
export function MethodChoice({ measure, study, method }: Props) {
  if (!isCorrected(measure) && !hasChoiceOfP(measure)) return null;
  return (
    <div class="method">
      {isCorrected(measure) && <p data-correction>{correctionWords(method.correction, study.cells)}</p>}
      {measure === 'localMoran' && (
        <p>Coloured where p is at most 0.05, not corrected for testing {study.cells.toLocaleString('en-GB')} cells.</p>
      )}
      <div class="method-choices">
        {isCorrected(measure) && (
          <Choice
            label="Correction"
            labels={correctionLabels}
            value={view.value.correction}
            onChange={(correction) => navigate({ correction })}
          />
        )}
        {hasChoiceOfP(measure) && (
          <Choice label="Source of p" labels={labelsOfP} value={view.value.p} onChange={(p) => navigate({ p })} />
        )}
      </div>
      {hasChoiceOfP(measure) && <p class="muted">{probabilityWords(study)}</p>}
    </div>
  );
}

type ChoiceProps<T extends string> = {
  readonly label: string;
  readonly labels: Readonly<Record<T, string>>;
  readonly value: T;
  readonly onChange: (value: T) => void;
};

function Choice<T extends string>({ label, labels, value, onChange }: ChoiceProps<T>) {
  return (
    <select
      class="select compact"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value as T)}
    >
      {Object.entries<string>(labels).map(([key, text]) => (
        <option key={key} value={key}>
          {text}
        </option>
      ))}
    </select>
  );
}
