import type { Cells, Hotspots } from '../../server/model.ts';
import { studyWords } from '../measures/method-words.ts';

type Props = Pick<Cells | Hotspots, 'study' | 'notes'>;

/** What was studied, and every sentence of caution that came with the answer. */
export function StudyNotes({ study, notes = [] }: Props) {
  return (
    <>
      {study && (
        <p class="muted" data-study>
          {studyWords(study)}
        </p>
      )}
      {notes.length > 0 && (
        <details class="cautions">
          <summary>
            What to be careful about <span class="badge">{notes.length}</span>
          </summary>
          <ul data-notes>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
