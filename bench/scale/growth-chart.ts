import { figureText } from '../report/figure-text.ts';

/** One line of the chart. */
export type Series = {
  readonly name: string;
  readonly points: readonly { readonly incidents: number; readonly milliseconds: number }[];
};

const [width, height] = [760, 440];
const frame = { left: 76, right: 600, top: 84, bottom: 372 };
/** Okabe and Ito's colours, told apart by colour-blind eyes; marks differ in shape as well. */
const looks = [
  { colour: '#d55e00', mark: 'square' },
  { colour: '#0072b2', mark: 'triangle' },
  { colour: '#666666', mark: 'diamond' },
  { colour: '#007a5a', mark: 'circle' },
] as const;
type Mark = (typeof looks)[number]['mark'];
type Scale = (value: number) => number;

/** Milliseconds by incidents as an SVG, both axes logarithmic, each line named at its end. */
export function growthChart(series: readonly Series[], subtitle: string): string {
  const points = series.flatMap((line) => line.points);
  const incidents = powersOfTen(points.map((point) => point.incidents));
  const milliseconds = powersOfTen(points.map((point) => point.milliseconds));
  const x = logarithmic(incidents, frame.left + 12, frame.right - 12);
  const y = logarithmic(milliseconds, frame.bottom, frame.top);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc"`,
    '  font-family="system-ui, sans-serif" font-size="13" fill="#333">',
    '<title id="title">Time to count, by incidents held</title>',
    `<desc id="desc">${describe(series)}</desc>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    '<text x="16" y="28" font-size="17" font-weight="600">Time to count, by incidents held</text>',
    `<text x="16" y="50" fill="#555">${subtitle}</text>`,
    ...milliseconds.map((value) => horizontalLine(y(value), value.toLocaleString('en-GB'))),
    ...incidents.map((value) => tick(x(value), inWords(value))),
    `<text x="${(frame.left + frame.right) / 2}" y="${height - 22}" text-anchor="middle">incidents (logarithmic)</text>`,
    `<text transform="translate(24 ${(frame.top + frame.bottom) / 2}) rotate(-90)" text-anchor="middle">milliseconds (logarithmic)</text>`,
    ...series.map((line, index) => drawSeries(line, looks[index]!, x, y)),
    ...nameLines(series, y),
    '</svg>',
    '',
  ].join('\n');
}

function powersOfTen(values: readonly number[]): number[] {
  const first = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const last = Math.ceil(Math.log10(Math.max(...values)) - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
}

function logarithmic(domain: readonly number[], from: number, to: number): Scale {
  const [low, high] = [Math.log10(domain[0]!), Math.log10(domain.at(-1)!)];
  return (value) => Math.round((from + ((Math.log10(value) - low) / (high - low)) * (to - from)) * 10) / 10;
}

function horizontalLine(y: number, words: string): string {
  return `<path d="M${frame.left} ${y}H${frame.right}" stroke="#ddd"/><text x="${frame.left - 8}" y="${y + 4}" text-anchor="end">${words}</text>`;
}

function tick(x: number, words: string): string {
  return `<path d="M${x} ${frame.bottom}v5" stroke="#888"/><text x="${x}" y="${frame.bottom + 21}" text-anchor="middle">${words}</text>`;
}

function drawSeries({ points }: Series, { colour, mark }: (typeof looks)[number], x: Scale, y: Scale): string {
  const at = points.map((point) => [x(point.incidents), y(point.milliseconds)] as const);
  const line = at.map(([left, top], index) => `${index === 0 ? 'M' : 'L'}${left} ${top}`).join('');
  const marks = at.map(([left, top]) => `<path d="M${left} ${top}${shapes[mark]}"/>`).join('');
  return `<g fill="${colour}"><path d="${line}" fill="none" stroke="${colour}" stroke-width="2"/>${marks}</g>`;
}

const shapes: Readonly<Record<Mark, string>> = {
  square: 'm-4.5-4.5h9v9h-9z',
  triangle: 'm0-6l5.5 10h-11z',
  diamond: 'm0-6l6 6-6 6-6-6z',
  circle: 'm-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z',
};

/** Names beside the lines' ends, pushed apart where lines end close together. */
function nameLines(series: readonly Series[], y: Scale): string[] {
  const leastGap = 17;
  const ends = series
    .map(({ name, points }, index) => ({ name, index, top: y(points.at(-1)!.milliseconds) + 4, points }))
    .sort((a, b) => a.top - b.top);
  let above = Number.NEGATIVE_INFINITY;
  return ends.map(({ name, index, top, points }) => {
    above = Math.max(top, above + leastGap);
    const words = `${name} ${figureText(points.at(-1)!.milliseconds)} ms`;
    return `<text x="${frame.right + 4}" y="${above}" fill="${looks[index]!.colour}" font-weight="600">${words}</text>`;
  });
}

function describe(series: readonly Series[]): string {
  const lines = series.map(({ name, points }) => {
    const each = points.map((point) => `${figureText(point.milliseconds)} ms at ${inWords(point.incidents)}`);
    return `${name}: ${each.join(', ')}`;
  });
  return `Both axes are logarithmic. ${lines.join('. ')}.`;
}

function inWords(incidents: number): string {
  return incidents >= 1e6 ? `${incidents / 1e6} million` : incidents.toLocaleString('en-GB');
}
