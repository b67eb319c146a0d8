import { type Numbers, nonNegativeValues, requirePositive, requireSameLength } from './check-input.ts';

/**
 * Counts of past periods added up with less weight the older they are: the last period counts whole, one `halfLife`
 * periods older counts half.
 *
 * Weight 0.5^(age / halfLife), age 0 for the last period. One list of cells per period, oldest first; no periods give an
 * empty list. Throws InputError on negative counts and a half-life not above 0.
 */
export function recencyWeightedCount(periods: readonly Numbers[], halfLife: number): Float64Array<ArrayBuffer> {
  requirePositive('halfLife', halfLife);
  const total = new Float64Array(periods[0]?.length ?? 0);
  periods.forEach((period, at) => {
    const counts = nonNegativeValues(`periods[${at}]`, period);
    requireSameLength(`periods[${at}]`, counts.length, 'periods[0]', total.length);
    const weight = 0.5 ** ((periods.length - 1 - at) / halfLife);
    for (let cell = 0; cell < total.length; cell++)
      total[cell] = (total[cell] as number) + weight * (counts[cell] as number);
  });
  return total;
}
