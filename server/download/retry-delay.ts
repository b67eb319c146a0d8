const firstMilliseconds = 1000;
const longestMilliseconds = 60_000;

/**
 * How long to wait before the next try: what `Retry-After` says (seconds or a date), else twice as long with every
 * failure, half of it by chance so that many clients do not come back in step.
 */
export function retryDelay(
  failures: number,
  retryAfter: string | null,
  { now, random }: { readonly now: number; readonly random: () => number },
): number {
  const told = retryAfter === null ? null : readRetryAfter(retryAfter.trim(), now);
  if (told !== null) return told;
  const whole = Math.min(longestMilliseconds, firstMilliseconds * 2 ** (failures - 1));
  return Math.round(whole / 2 + (random() * whole) / 2);
}

function readRetryAfter(text: string, now: number): number | null {
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
