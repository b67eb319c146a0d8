import type { Hotspot, Weekday } from '../../server/model.ts';
import {
  clock,
  formatChange,
  formatCount,
  formatPercentChange,
  formatProbability,
  formatShare,
  formatZ,
} from '../format.ts';

const weekdayWords: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/** A change with what it is worth: `+336 (+4.8%) from 7,052 (2017): more than chance, p = 0.005`; null without one. */
export function changeInWords(
  { change, previous, changeP }: Pick<Hotspot, 'change' | 'previous' | 'changeP'>,
  period: string | null,
): string | null {
  if (change === null || previous === null || period === null) return null;
  const difference = change === 0 ? 'No change' : formatChange(change);
  const percent = previous > 0 && change !== 0 ? ` (${formatPercentChange((100 * change) / previous)})` : '';
  const verdict = changeP === null ? '' : `: ${chanceWords(changeP)}, ${formatProbability('p', changeP)}`;
  return `${difference}${percent} from ${formatCount(previous)} (${period})${verdict}`;
}

/** Whether a change is more than chance, in words. */
export function chanceWords(p: number): string {
  return p <= 0.05 ? 'more than chance' : 'may be chance';
}

/** How strongly its strongest hexagon stands out. */
export function strengthWords({ z, q }: Pick<Hotspot, 'z' | 'q'>): string | null {
  return z === null ? null : `Strongest hexagon: z = ${formatZ(z)}, ${formatProbability('q', q)}`;
}

/** In how many of the last months it was hot. */
export function monthsWords({ hotMonths, months }: Pick<Hotspot, 'hotMonths' | 'months'>): string | null {
  return months === 0 ? null : `Hot in ${hotMonths} of the last ${months} months`;
}

/** When most happens there; null where no hour is known. */
export function peakWords({ peakHours, peakDays }: Pick<Hotspot, 'peakHours' | 'peakDays'>): string | null {
  if (!peakHours) return null;
  const hours = `Busiest ${clock(peakHours.from)} to ${clock(peakHours.to)} (${formatShare(peakHours.share, 1)})`;
  const days = (peakDays ?? []).map(({ day }) => weekdayWords[day]).join(' and ');
  return days ? `${hours}, and on ${days}` : hours;
}
