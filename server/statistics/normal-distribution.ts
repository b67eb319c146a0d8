import { requireFraction } from './check-input.ts';

// W. J. Cody (1969), Rational Chebyshev approximations for the error function, as in R's pnorm: 16 digits.
const centre = [
  [2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356, 0.06568233791820745],
  [47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673],
] as const;
const shoulder = [
  [
    0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002, 2494.5375852903726, 6848.190450536283,
    11602.65143764735, 9842.714838383978, 1.0765576773720192e-8,
  ],
  [
    22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097, 34900.95272114598,
    38912.00328609327, 19685.429676859992,
  ],
] as const;
const tail = [
  [
    0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934, 2.9112874951168793e-5,
    0.023073441764940174,
  ],
  [1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824, 7.297515550839662e-5],
] as const;
const oneOverRootTwoPi = 0.3989422804014327;

/** The chance that a standard normal variable is at most z (R's pnorm); 16 digits, in the far tail too. */
export function normalCumulative(z: number): number {
  const y = Math.abs(z);
  if (y <= 0.67448975) return 0.5 + centralPart(z);
  const beyond = upperTail(y);
  return z > 0 ? 1 - beyond : beyond;
}

/** The chance of a standard normal variable at least as far from 0 as z, on either side: 2 pnorm(-|z|). */
export function twoSidedP(z: number): number {
  const y = Math.abs(z);
  return y <= 0.67448975 ? 1 - 2 * centralPart(y) : 2 * upperTail(y);
}

/** The z below which a standard normal variable lies with chance p, 0 < p < 1 (R's qnorm): Newton's method on the logarithm. */
export function normalQuantile(p: number): number {
  requireFraction('p', p);
  if (p > 0.5) return -normalQuantile(1 - p);
  let z = p < 0.05 ? -Math.sqrt(-2 * Math.log(p)) : 0;
  for (let round = 0; round < 100; round++) {
    const below = normalCumulative(z);
    const density = oneOverRootTwoPi * Math.exp((-z * z) / 2);
    const step = (Math.log(below / p) * below) / density;
    z -= step;
    if (Math.abs(step) < 1e-15 * Math.max(1, Math.abs(z))) break;
  }
  return z;
}

/** The chance of lying between 0 and z, for |z| up to the quartile. */
function centralPart(z: number): number {
  const square = z * z;
  const [a, b] = centre;
  let top = a[4] * square;
  let bottom = square;
  for (let i = 0; i < 3; i++) {
    top = (top + (a[i] as number)) * square;
    bottom = (bottom + (b[i] as number)) * square;
  }
  return (z * (top + a[3])) / (bottom + b[3]);
}

/** The chance of lying above y, for y beyond the quartile. */
function upperTail(y: number): number {
  // exp(-y^2/2) in two factors, so that the rounding of y^2 costs no digits
  const rounded = Math.trunc(y * 16) / 16;
  const bell = Math.exp((-rounded * rounded) / 2) * Math.exp((-(y - rounded) * (y + rounded)) / 2);
  if (y > 38.6) return 0;
  return bell * (y <= Math.sqrt(32) ? shoulderRatio(y) : tailRatio(y));
}

function shoulderRatio(y: number): number {
  const [c, d] = shoulder;
  let top = c[8] * y;
  let bottom = y;
  for (let i = 0; i < 7; i++) {
    top = (top + (c[i] as number)) * y;
    bottom = (bottom + (d[i] as number)) * y;
  }
  return (top + c[7]) / (bottom + d[7]);
}

function tailRatio(y: number): number {
  const [p, q] = tail;
  const inverse = 1 / (y * y);
  let top = p[5] * inverse;
  let bottom = inverse;
  for (let i = 0; i < 4; i++) {
    top = (top + (p[i] as number)) * inverse;
    bottom = (bottom + (q[i] as number)) * inverse;
  }
  return (oneOverRootTwoPi - (inverse * (top + p[4])) / (bottom + q[4])) / y;
}
