import { dayNumber, dayOf, weekdayOf } from '../../server/count/calendar.ts';
import { cumulate, drawIndex, type Random } from '../../server/demo/seeded-random.ts';

/** Weights of the hours 0 to 23: quiet before dawn, busiest in the evening. Chosen, since published rows have no hour. */
const hourWeights = [5, 4, 3, 2, 1.5, 1, 1, 2, 3, 3.5, 4, 4, 5, 5, 5, 6, 6.5, 7, 7, 7, 7, 7, 7, 6];
/** Monday first. An hour before five belongs to the night of the day before. */
const weekdayWeights = [0.95, 0.95, 0.95, 1, 1.15, 1.2, 0.9];
/** How much busier the nights of Friday and Saturday are. */
const weekendNight = 2.5;

/** Draws days and hours of a month, written as PostgreSQL reads them, by an hour-of-week profile. */
export function createTimes(months: readonly string[], random: Random): (month: number) => string {
  const hours = months.map((month) => hoursOf(month));
  const weights = hours.map((list) => cumulate(list.map(({ weight }) => weight)));
  return (month) => hours[month]![drawIndex(weights[month]!, random)]!.text;
}

/** Every hour of a month with its weight. */
function hoursOf(month: string): { text: string; weight: number }[] {
  const first = dayNumber(`${month}-01`);
  const days = Array.from({ length: 31 }, (_, index) => first + index).filter((day) => dayOf(day).startsWith(month));
  return days.flatMap((day) =>
    hourWeights.map((_, hour) => ({
      text: `${dayOf(day)} ${String(hour).padStart(2, '0')}:00:00`,
      weight: weightOf(weekdayOf(day), hour),
    })),
  );
}

function weightOf(weekday: number, hour: number): number {
  const evening = hour < 5 ? (weekday + 6) % 7 : weekday;
  const isWeekendNight = (evening === 4 || evening === 5) && (hour < 5 || hour >= 21);
  return hourWeights[hour]! * weekdayWeights[evening]! * (isWeekendNight ? weekendNight : 1);
}
