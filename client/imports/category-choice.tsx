import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { type CategoryOption, categoryOptions, findOptions } from './category-options.ts';
import type { CategoryName } from './import-requests.ts';

type Props = {
  readonly label: string;
  /** What it says without a value. */
  readonly empty?: string;
  readonly categories: readonly CategoryName[];
  readonly value: string | null;
  /** Null: the text was emptied. */
  readonly onChoose: (code: string | null) => void;
};

/** A category looked for by typing: a text field with a list below it, as ARIA's combobox describes. */
export function CategoryChoice({ label, empty = 'Unmapped', categories, value, onChoose }: Props) {
  const id = useId();
  const options = useMemo(() => categoryOptions(categories), [categories]);
  const [open, setOpen] = useState(false);
  const [text, setText] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const found = open ? findOptions(options, text ?? '') : [];
  const current = options.find(({ code }) => code === value)?.path ?? value ?? '';
  const close = () => {
    setOpen(false);
    setText(null);
    setActive(0);
  };
  const pick = (option: CategoryOption | undefined) => {
    if (option) onChoose(option.code);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (open) setActive(Math.min(found.length - 1, Math.max(0, active + step)));
      else setOpen(true);
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      pick(found[active]);
    } else if (event.key === 'Escape') close();
  };
  return (
    <div class="combobox">
      <input
        class="text-input"
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={found[active] ? `${id}-${active}` : undefined}
        autocomplete="off"
        placeholder={empty}
        value={text ?? current}
        onFocus={(event) => event.currentTarget.select()}
        onClick={() => setOpen(true)}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setOpen(true);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (text?.trim() === '') onChoose(null);
          close();
        }}
      />
      {open && <OptionList id={id} label={label} found={found} active={active} onPick={pick} />}
    </div>
  );
}

type ListProps = {
  readonly id: string;
  readonly label: string;
  readonly found: readonly CategoryOption[];
  readonly active: number;
  readonly onPick: (option: CategoryOption) => void;
};

function OptionList({ id, label, found, active, onPick }: ListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.children[active]?.scrollIntoView({ block: 'nearest' }), [active]);
  return (
    <div class="options" role="listbox" id={`${id}-list`} aria-label={label} ref={list}>
      {found.map((option, index) => (
        // The keyboard reaches options through the text field, which keeps the focus.
        <div
          key={option.code}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(option);
          }}
        >
          {option.path}
        </div>
      ))}
      {found.length === 0 && <p class="muted">No category has these words</p>}
    </div>
  );
}
