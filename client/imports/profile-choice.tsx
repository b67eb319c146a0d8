import { isChanged, mapped, preview, useProposal, useSaved } from './import-state.ts';

/** Saved profiles that fit the file come first; the mapping made for it from its columns last. */
export function ProfileChoice() {
  const { data } = preview.value;
  if (!data || data.fitting.length === 0)
    return <p>No saved profile fits this file. These meanings are proposed from its columns: check them.</p>;
  const saved = mapped.value?.saved ?? null;
  const one = data.fitting.length === 1;
  return (
    <fieldset class="profile-choice">
      <legend>{one ? 'This file fits a saved profile:' : 'This file fits saved profiles:'}</legend>
      {data.fitting.map(({ name, title }) => (
        <label class="check" key={name}>
          <input type="radio" name="profile" checked={saved === name} onChange={() => void useSaved(name)} />
          <span>
            {title} {saved === name && isChanged.value && <span class="muted">(changed here)</span>}
          </span>
        </label>
      ))}
      <label class="check">
        <input type="radio" name="profile" checked={saved === null} onChange={useProposal} />
        <span>None of them: use what is recognised in the columns</span>
      </label>
    </fieldset>
  );
}
