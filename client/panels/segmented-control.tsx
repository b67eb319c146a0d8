type Props = {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly disabled?: boolean;
};

/** A few choices side by side, one of them pressed. */
export function SegmentedControl({ label, options, value, onChange, disabled = false }: Props) {
  return (
    <fieldset class="segmented" disabled={disabled}>
      <legend class="visually-hidden">{label}</legend>
      {options.map((option) => (
        <button
          type="button"
          key={option.value}
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
