/** Mean, population variance (divisor n) and skewness of a list; variance is exactly 0 when all values are equal. */
export function moments(values: Float64Array): { mean: number; variance: number; skewness: number | null } {
  const n = values.length;
  if (n === 0) return { mean: 0, variance: 0, skewness: null };
  let sum = 0;
  let varies = false;
  for (const value of values) {
    sum += value;
    if (value !== values[0]) varies = true;
  }
  const mean = sum / n;
  if (!varies) return { mean: values[0] as number, variance: 0, skewness: null };
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    const deviation = value - mean;
    squares += deviation * deviation;
    cubes += deviation * deviation * deviation;
  }
  const variance = squares / n;
  return { mean, variance, skewness: cubes / n / variance ** 1.5 };
}
