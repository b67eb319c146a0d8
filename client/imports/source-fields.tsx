import { Field } from './field.tsx';
import { changeMapping } from './import-state.ts';
import type { Mapping } from './mapping.ts';

type Props = { readonly mapping: Mapping; readonly error?: string | undefined };

/** Whose data these are, and whether places abroad can be right. */
export function SourceFields({ mapping, error }: Props) {
  return (
    <>
      <Field
        id="source"
        label="Name of the source"
        hint="Later files of the same source correct and extend the earlier ones."
        error={error}
      >
        <input
          class="text-input"
          aria-label="Name of the source"
          aria-describedby={error ? 'source-error' : undefined}
          aria-invalid={Boolean(error)}
          value={mapping.source}
          onInput={(event) => changeMapping({ source: event.currentTarget.value })}
        />
      </Field>
      <Field id="attribution" label="Whose data these are" hint="Shown with the sources under the map.">
        <input
          class="text-input"
          aria-label="Whose data these are"
          value={mapping.attribution}
          onInput={(event) => changeMapping({ attribution: event.currentTarget.value })}
        />
      </Field>
      <Field id="country" label="Places">
        <label class="check">
          <input
            type="checkbox"
            checked={mapping.ukOnly}
            onChange={(event) => changeMapping({ ukOnly: event.currentTarget.checked })}
          />
          <span>Reject places outside the United Kingdom</span>
        </label>
      </Field>
    </>
  );
}
