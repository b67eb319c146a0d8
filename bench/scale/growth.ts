import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { figureText } from '../report/figure-text.ts';
import { keepSection } from '../report/results.ts';
import { type Comparison, closeField, compare, openField } from './compare.ts';
import { middleFilter } from './filters.ts';
import { growthChart } from './growth-chart.ts';
import { type ScaleSize, scaleDatabase, scaleObstacle, scaleSizes } from './scale-database.ts';
import { scaleVersions } from './versions.ts';

const sizes = ['100k', '1m', '10m'] as const satisfies readonly ScaleSize[];
const chartPath = fileURLToPath(new URL('../../docs/performance-growth.svg', import.meta.url));

/** The cost of one filter as the data grow from a hundred thousand to ten million incidents, as a chart. */
export async function benchGrowth(fresh: boolean): Promise<void> {
  const obstacle = scaleObstacle();
  if (obstacle) return console.log(`not measured: ${obstacle}`);
  const found: (Comparison & { incidents: number })[] = [];
  for (const size of sizes) {
    const field = await openField(await scaleDatabase(size, fresh));
    found.push({ incidents: scaleSizes[size], ...(await compare(field, middleFilter, 9)) });
    await closeField(field);
  }
  const seriesOf = (name: string, of: (comparison: Comparison) => number) => ({
    name,
    points: found.map((comparison) => ({ incidents: comparison.incidents, milliseconds: of(comparison) })),
  });
  const series = [
    seriesOf('SQL', ({ sql }) => sql),
    seriesOf('DuckDB', ({ duckDb }) => duckDb),
    seriesOf('bare loop', ({ loop }) => loop),
    seriesOf('ours', ({ ours }) => ours),
  ];
  writeFileSync(chartPath, growthChart(series, `Filter: ${middleFilter.name}; hexagons of resolution 9`));
  keepSection({
    name: 'growth',
    title: 'Cost as the data grow',
    aims: [],
    figures: [{ file: 'performance-growth.svg', alt: describe(series) }],
    method: [
      `The filter “${middleFilter.name}” at resolution 9, measured as in the comparison above, on databases of three sizes; the smaller ones are an
evenly spread part of the published rows.`,
    ],
    tables: [
      {
        caption: 'Median milliseconds',
        columns: ['incidents', ...series.map(({ name }) => name)],
        rows: found.map(({ incidents }, row) => [
          incidents.toLocaleString('en-GB'),
          ...series.map(({ points }) => figureText(points[row]!.milliseconds)),
        ]),
      },
    ],
    versions: await scaleVersions(await scaleDatabase('10m', false)),
  });
}

function describe(series: { name: string; points: { milliseconds: number }[] }[]): string {
  const ends = series.map(({ name, points }) => {
    const [first, last] = [points[0]!.milliseconds, points.at(-1)!.milliseconds];
    return `${name} ${figureText(first)} to ${figureText(last)} ms`;
  });
  return `Time to count by incidents held, both on logarithmic scales, from a hundred thousand to ten million: ${ends.join(', ')}`;
}
