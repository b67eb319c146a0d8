import type { ApiError } from '../api.ts';
import { clearFilter } from '../state.ts';

type Props = { readonly error: ApiError; readonly onRetry: () => void };

/** What went wrong, in the service's own words, and the way on. */
export function ErrorNotice({ error, onRetry }: Props) {
  const refused = error.status >= 400 && error.status < 500;
  return (
    <div class="notice error" role="alert">
      <p>
        <strong>{title(error, refused)}</strong>
      </p>
      <p>{error.message}</p>
      {refused && (
        <button type="button" class="button" onClick={clearFilter}>
          Clear the filter
        </button>
      )}
      <button type="button" class="button secondary" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}

function title(error: ApiError, refused: boolean): string {
  if (error.starting) return 'The service is starting';
  return refused ? 'This filter was refused' : 'The figures could not be loaded';
}
