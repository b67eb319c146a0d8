import { textsOf } from './column-reasons.ts';
import { commonForms, examplesOf } from './date-forms.ts';
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
  const proposed = mapped.value?.original.formats ?? [];
  const forms = [...new Set([...proposed, ...commonForms, ...formats])];
  const examples = data && columns.some(Boolean) ? examplesOf(textsOf(data, columns), formats) : [];
  const toggle = (form: string) =>
    changeMapping({ formats: forms.filter((one) => (one === form) !== formats.includes(one)) });
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
      <div class="checks">
        {forms.map((form) => (
          <label class="check" key={form}>
            <input
              type="checkbox"
              checked={formats.includes(form)}
              aria-describedby={error ? 'formats-error' : undefined}
              onChange={() => toggle(form)}
            />
            <span>{form.replace('T', ' ')}</span>
          </label>
        ))}
      </div>
    </Field>
  );
}
