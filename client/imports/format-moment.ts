const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' });

/** A moment as one says it, in the time of the place: `22 November 2026 at 09:15`. */
export function formatMoment(text: string): string {
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? text : moments.format(moment);
}
