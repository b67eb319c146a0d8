import type { ComponentChildren } from 'preact';

type Props = {
  readonly label: string;
  /** 0 to 1; null where the end is not known. */
  readonly share: number | null;
  readonly note?: ComponentChildren;
  readonly cancelLabel: string;
  readonly cancelling?: boolean;
  readonly onCancel: () => void;
};

/** How far something is, and a way to end it. */
export function RunProgress({ label, share, note, cancelLabel, cancelling = false, onCancel }: Props) {
  return (
    <div class="run-progress">
      <p>
        {label} {share !== null && <span class="muted">{Math.floor(100 * share)}%</span>}
      </p>
      {share === null ? <progress aria-label={label} max={1} /> : <progress aria-label={label} max={1} value={share} />}
      {note && <p class="muted">{note}</p>}
      <button type="button" class="button secondary" aria-disabled={cancelling} onClick={onCancel}>
        {cancelling ? 'Cancelling' : cancelLabel}
      </button>
    </div>
  );
}

/** What went wrong, where it went wrong. */
export function Problem({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <div class="notice error" role="alert">
      <p>
        <strong>{title}</strong>
      </p>
      <p class="as-written">{children}</p>
    </div>
  );
}
