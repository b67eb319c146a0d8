import type { ComponentChildren } from 'preact';

type Props = {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  /** Why it is as it is, or an example of what it gives. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
};

/** A meaning of the mapping: its name, its controls, and beside them why they stand as they do. */
export function Field({ id, label, hint, error, aside, children }: Props) {
  return (
    <fieldset class={error ? 'field wrong' : 'field'} aria-labelledby={`${id}-label`}>
      <div class="field-name">
        <span id={`${id}-label`}>{label}</span>
        {hint && <p class="muted">{hint}</p>}
      </div>
      <div class="field-control">
        {children}
        {error && (
          <p class="field-error" id={`${id}-error`}>
            {error}
          </p>
        )}
      </div>
      {aside && (
        <div class="field-aside muted" id={`${id}-aside`}>
          {aside}
        </div>
      )}
    </fieldset>
  );
}
