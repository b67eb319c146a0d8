/** The request, the file or the setting is at fault: HTTP 400, exit code 1 or 2. The message names the value and the remedy. */
export class InputError extends Error {
  override name = 'InputError';
  readonly code: string;
  readonly details: unknown;

  constructor(message: string, options: { code?: string; details?: unknown; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = options.code ?? 'invalid-input';
    this.details = options.details ?? null;
  }
}

/** What was asked for does not exist here: HTTP 404. */
export class NotFoundError extends Error {
  override name = 'NotFoundError';
  readonly code = 'not-found';
}

/** The service cannot start or reach what it needs (database, port, data directory): one line, non-zero exit. */
export class StartupError extends Error {
  override name = 'StartupError';
}
