/** What a cell's number format makes of a number; other formats leave the number as it is. */
export type CellFormat =
  | { readonly kind: 'number' }
  /** Shown with leading zeros up to a width: incident 00123. */
  | { readonly kind: 'zeros'; readonly width: number }
  /** A moment counted in days: `date` and `time` say which of the two it shows, `elapsed` that hours run past 24. */
  | { readonly kind: 'moment'; readonly date: boolean; readonly time: boolean; readonly elapsed: boolean };

const plain: CellFormat = { kind: 'number' };
const moment = (date: boolean, time: boolean, elapsed = false): CellFormat => ({ kind: 'moment', date, time, elapsed });

/** The formats of ECMA-376 18.8.30 that a workbook names by number alone; those of East Asia are all dates. */
export function builtInFormat(id: number): CellFormat {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return moment(true, false);
  if ((id >= 18 && id <= 21) || id === 45 || id === 47) return moment(false, true);
  if (id === 22) return moment(true, true);
  return id === 46 ? moment(false, true, true) : plain;
}

/** Tells from a format's code whether it shows a date, a time, leading zeros or a plain number. */
export function readFormatCode(code: string): CellFormat {
  // Quoted words, escaped letters, widths and fillers show themselves and say nothing of the number.
  const bare = code.replaceAll(/"[^"]*"|\\.|_.|\*./g, '');
  const elapsed = /\[(h+|m+|s+)\]/i.test(bare);
  const shown = (bare.replaceAll(/\[[^\]]*\]/g, '').split(';')[0] as string).replaceAll(/general|am\/pm|a\/p/gi, '');
  if (/^0{2,}$/.test(shown)) return { kind: 'zeros', width: shown.length };
  const time = elapsed || /[hs]/i.test(shown);
  // A lone m is a month; beside hours or seconds it is minutes.
  const date = /[yd]/i.test(shown) || (/m/i.test(shown) && !time);
  return date || time ? moment(date, time, elapsed && !date) : plain;
}

const secondsOfDay = 86_400;

/**
 * A serial number of Excel as ISO text: `2023-04-03`, `2023-04-03T14:05:00`, or `14:05:00` where only a time is
 * shown; null when it stands for no moment. The system of 1900 counts a 29 February 1900 that never was, and shows it.
 */
export function serialToText(
  serial: number,
  format: Extract<CellFormat, { kind: 'moment' }>,
  date1904: boolean,
): string | null {
  const seconds = Math.round(serial * secondsOfDay);
  if (!(seconds >= 0)) return null;
  const days = Math.floor(seconds / secondsOfDay);
  const rest = seconds % secondsOfDay;
  if (format.elapsed) return clock(seconds);
  if (!format.date) return clock(rest);
  if (days === 0 && !date1904) return rest > 0 ? clock(rest) : null;
  const day = dayOf(days, date1904);
  return day !== null && (format.time || rest > 0) ? `${day}T${clock(rest)}` : day;
}

function dayOf(days: number, date1904: boolean): string | null {
  if (!date1904 && days === 60) return '1900-02-29';
  const epoch = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  const date = new Date(epoch + days * secondsOfDay * 1000);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 ? null : date.toISOString().slice(0, 10);
}

function clock(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
