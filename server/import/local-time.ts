const formatters = new Map<string, Intl.DateTimeFormat>();

/** The civil time of a place, `2018-07-01T23:30:00`, at an instant in milliseconds since 1970 UTC. */
export function localTime(instant: number, timeZone: string): string {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    // Swedish writes dates the ISO way: 2018-07-01 23:30:00.
    formatter = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter.format(instant).replace(' ', 'T');
}
