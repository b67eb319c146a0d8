type Props = {
  readonly title: string;
  readonly text?: string;
  readonly busy?: boolean;
  readonly onRetry?: () => void;
};

/** A page with one message, for when there is no map to show yet. */
export function StatusPage({ title, text, busy = false, onRetry }: Props) {
  return (
    <main class="status-page" aria-busy={busy}>
      <h1>{title}</h1>
      <p role="status">{text ?? 'One moment.'}</p>
      {busy && <div class="progress" />}
      {onRetry && (
        <button type="button" class="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </main>
  );
}
