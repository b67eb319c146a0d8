import { useState } from 'preact/hooks';
import { keepProfile } from './import-requests.ts';
import { isChanged, mapped, markSaved, profile, words } from './import-state.ts';
import { messageOf } from './job-runner.ts';
import { profileName, savedProfile } from './mapping.ts';
import { Problem } from './run-progress.tsx';

/** Keeps the mapping, with the words mapped by hand, under a name: the next file of the kind needs none of this. */
export function SaveProfile() {
  const now = mapped.value;
  const [title, setTitle] = useState(now?.saved && isChanged.value ? now.base.title : '');
  const [problem, setProblem] = useState<string | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const nothingNew = now?.saved && !isChanged.value && Object.keys(words.value).length === 0;
  if (!now || (nothingNew && !saved)) return null;
  const save = async (event: Event) => {
    event.preventDefault();
    const whole = profile.value;
    if (profileName(title) === '') return setProblem('Give it a name with letters or digits.');
    if (!whole) return;
    try {
      const kept = savedProfile(whole, words.value, title);
      await keepProfile(kept);
      markSaved(kept);
      setProblem(null);
      setSaved(kept.title);
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <form class="save-profile" onSubmit={save}>
      <h3>Save this mapping as a profile</h3>
      <p>The next file with these columns then fits it, and nothing has to be mapped again.</p>
      <div class="field-row">
        <label class="field-stack">
          <span>Name of the profile</span>
          <input
            class="text-input"
            value={title}
            aria-invalid={problem !== null}
            aria-describedby={problem ? 'profile-problem' : undefined}
            onInput={(event) => setTitle(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button secondary">
          Save the profile
        </button>
      </div>
      {problem && (
        <div id="profile-problem">
          <Problem title="The profile was not saved">{problem}</Problem>
        </div>
      )}
      <p role="status">{saved && !problem ? `The profile “${saved}” is saved.` : ''}</p>
    </form>
  );
}
