export type Toggle = {
  readonly key: string | number;
  readonly text: string;
  readonly label: string;
  readonly pressed: boolean;
  readonly onToggle: () => void;
};

type Props = { readonly toggles: readonly Toggle[] };

/** Buttons that stay pressed; one stop of the Tab key, arrows move among them. */
export function ToggleRow({ toggles }: Props) {
  const firstStop = Math.max(
    0,
    toggles.findIndex(({ pressed }) => pressed),
  );
  return (
    <div class="toggle-row" role="toolbar" onKeyDown={moveByArrows}>
      {toggles.map(({ key, text, label, pressed, onToggle }, index) => (
        <button
          type="button"
          key={key}
          aria-pressed={pressed}
          title={label}
          tabIndex={index === firstStop ? 0 : -1}
          onClick={onToggle}
        >
          {text}
        </button>
      ))}
    </div>
  );
}

/** Arrow, Home and End keys move the focus among the buttons of a row. */
export function moveByArrows(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const index = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const targets: Record<string, number> = {
    ArrowRight: index + 1,
    ArrowDown: index + 1,
    ArrowLeft: index - 1,
    ArrowUp: index - 1,
    Home: 0,
    End: buttons.length - 1,
  };
  const target = targets[event.key];
  if (target === undefined || index < 0) return;
  event.preventDefault();
  buttons[(target + buttons.length) % buttons.length]?.focus();
}
