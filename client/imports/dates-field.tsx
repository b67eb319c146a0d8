import { textsOf } from './column-reasons.ts';
import { dateForms, examplesOf, formsThatFit, toggleForm } from './date-forms.ts';
import { Field } from './field.tsx';
import { changeMapping, mapped, preview } from './import-state.ts';

type Props = {
  readonly formats: readonly string[];
  readonly columns: readonly string[];
  readonly error?: string | undefined;
};

/** The forms dates are written in, with the file's own dates as worked examples. */
export function DatesField({ formats, columns, error }: Props) {
  const { data } = preview.value;
  const texts = data && columns.some(Boolean) ? textsOf(data, columns) : [];
  const examples = examplesOf(texts, formats, mapped.value?.base.timeZone);
  const near = [...new Set([...formats, ...formsThatFit(texts)])];
  const others = dateForms.filter((form) => !near.includes(form));
  return (
    <Field
      id="formats"
      label="Dates are written as"
      hint="Several can be ticked; the first that fits counts."
      error={error}
      aside={
        <ul>
          {examples.map(({ text, meaning }) => (
            <li key={text} class={meaning === null ? 'field-error' : undefined}>
              {meaning === null ? `“${text}” is in none of the ticked forms` : `${text} is ${meaning}`}
            </li>
          ))}
        </ul>
      }
    >
      <FormChecks forms={near} ticked={formats} invalid={Boolean(error)} />
      {others.length > 0 && (
        <details open={near.length === 0 || undefined}>
          <summary>Other forms</summary>
          <FormChecks forms={others} ticked={formats} invalid={Boolean(error)} />
        </details>
      )}
    </Field>
  );
}

type ChecksProps = { readonly forms: readonly string[]; readonly ticked: readonly string[]; readonly invalid: boolean };

function FormChecks({ forms, ticked, invalid }: ChecksProps) {
  return (
    <div class="checks">
      {forms.map((form) => (
        <label class="check" key={form}>
          <input
            type="checkbox"
            checked={ticked.includes(form)}
            aria-describedby={invalid ? 'formats-error' : undefined}
            onChange={() => changeMapping({ formats: toggleForm(ticked, form) })}
          />
          <span>{form.replace('DT', 'D ')}</span>
        </label>
      ))}
    </div>
  );
}
