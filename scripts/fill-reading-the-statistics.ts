/** The numbers of docs/reading-the-statistics.md: asked of the service on the demo, and put between their marks. */
import { gridDisk } from 'h3-js';
import type {
  ConcentrationAnswer,
  Forecast,
  Hours,
  NearRepeat,
  OverlapAnswer,
  Trend,
} from '../server/analyses-model.ts';
import type { Cells, Hotspots } from '../server/model.ts';

/** The JSON at an address of the service. */
export type Get = <T>(address: string) => Promise<T>;

const example = 'categories=violence&from=2018-01-01&to=2018-12-31';
/** A number in the page stands between `<!--name-->` and `<!--/-->`, which readers of the page do not see. */
const mark = /<!--([a-z]\w*)-->[\s\S]*?<!--\/-->/g;

/** The page with every marked number made anew; throws when a mark has no number or a number no mark. */
export async function fillPage(page: string, get: Get): Promise<string> {
  const figures = new Map(Object.entries(await askFigures(get)));
  const used = new Set<string>();
  const filled = page.replace(mark, (_, name: string) => {
    const figure = figures.get(name);
    if (figure === undefined) throw new Error(`the page marks "${name}", which has no number`);
    used.add(name);
    return `<!--${name}-->${figure}<!--/-->`;
  });
  const unused = [...figures.keys()].filter((name) => !used.has(name));
  if (unused.length > 0) throw new Error(`the page has no mark for ${unused.join(', ')}`);
  return filled;
}

async function askFigures(get: Get): Promise<Record<string, string>> {
  return {
    ...(await giStarFigures(get)),
    ...(await placeFigures(get)),
    ...(await changeFigures(get)),
    ...(await concentrationFigures(get)),
    ...(await trendFigures(get)),
    ...(await forecastFigures(get)),
    ...(await otherFigures(get)),
  };
}

const whole = (value: number) => Math.round(value).toLocaleString('en-GB');
const fixed = (value: number | null | undefined, digits = 1) => (value ?? Number.NaN).toFixed(digits);
const percent = (share: number | null | undefined, digits = 0) => `${fixed((share ?? Number.NaN) * 100, digits)} %`;
const pWords = (p: number | null | undefined) => (p != null && p < 0.001 ? 'p < 0.001' : `p = ${fixed(p, 3)}`);
const scientific = (value: number | null | undefined) => {
  const [digits, exponent] = (value ?? Number.NaN).toExponential(0).split('e');
  return `${digits} × 10<sup>${String(Number(exponent)).replace('-', '−')}</sup>`;
};

async function giStarFigures(get: Get) {
  const { cells, study, notes, total, located } = await get<Cells>(`/api/cells?${example}&measures=giStar`);
  const strongest = cells.reduce((best, cell) => ((cell.giStarZ ?? 0) > (best.giStarZ ?? 0) ? cell : best));
  const counts = new Map(cells.map(({ cell, count }) => [cell, count]));
  const around = gridDisk(strongest.cell, 1).filter((cell) => counts.has(cell));
  const mean = located / cells.length;
  const plain = await get<Cells>(`/api/cells?${example}&measures=giStar&correction=none`);
  const random = await get<Cells>(`/api/cells?${example}&measures=giStar&p=randomisation`);
  const bonferroni = await get<Cells>(`/api/cells?${example}&measures=giStar&correction=bonferroni`);
  const hot = (list: Cells['cells'], name: RegExp) =>
    list.filter(({ giStarClass }) => name.test(giStarClass ?? '')).length;
  const edge = cells
    .filter(({ giStarClass }) => giStarClass === 'hot95')
    .sort((a, b) => a.giStarQ! - b.giStarQ!)
    .at(-1)!;
  return {
    total: whole(total),
    unlocated: whole(total - located),
    located: whole(located),
    cells: whole(cells.length),
    zeros: whole(study!.zeros),
    zeroShare: percent(study!.zeros / cells.length),
    mean: fixed(mean),
    cell: `\`${strongest.cell}\``,
    cellCount: whole(strongest.count),
    aroundCells: String(around.length),
    aroundCount: whole(around.reduce((sum, cell) => sum + counts.get(cell)!, 0)),
    aroundExpected: whole(around.length * mean),
    z: fixed(strongest.giStarZ),
    q: scientific(strongest.giStarQ),
    hot99: whole(hot(cells, /^hot99$/)),
    hot95: whole(hot(cells, /^hot9[59]$/)),
    hot95Plain: whole(hot(plain.cells, /^hot9[59]$/)),
    hot95Random: whole(hot(random.cells, /^hot9[59]$/)),
    sparseNote: notes!.find((note) => note.includes('normal approximation'))!,
    hot95Bonferroni: whole(hot(bonferroni.cells, /^hot9[59]$/)),
    falseAlarms: whole(cells.length * 0.05),
    coldPlain: whole(hot(plain.cells, /^cold/)),
    edgeP: fixed(edge.giStarP, 4),
    edgeQ: fixed(edge.giStarQ, 3),
  };
}

async function placeFigures(get: Get) {
  const address = `/api/hotspots?${example}&compare=previous-year`;
  const { hotspots } = await get<Hotspots>(address);
  const [first] = hotspots;
  const rows = hotspots.slice(0, 5).map(({ rank, name, areas, cells, count, share, z, previous, changeP }) => {
    const change = `${whole(previous ?? 0)} → ${whole(count)} (${pWords(changeP)})`;
    return `| ${rank} | ${name} | ${areas[0]?.name ?? ''} | ${cells.length} | ${whole(count)} | ${percent(share)} | ${fixed(z)} | ${change} |`;
  });
  const head = [
    '| rank | place | ward with most | cells | incidents | of all | strongest z | 2017 → 2018 |',
    '| ---: | --- | --- | ---: | ---: | ---: | ---: | --- |',
  ];
  return {
    places: whole(hotspots.length),
    placeTable: `\n\n${[...head, ...rows].join('\n')}\n\n`,
    firstName: first!.name,
    firstShare: percent(first!.share),
    firstMonths: `${first!.hotMonths} of ${first!.months}`,
  };
}

async function changeFigures(get: Get) {
  const { cells } = await get<Cells>(`/api/cells?${example}&compare=previous-year&measures=change`);
  const tested = cells.filter(({ changeP }) => changeP !== null);
  const emerging = await get<Cells>(`/api/cells?${example}&measures=emerging&steps=12`);
  const classes = new Map<string, number>();
  for (const { emerging: name = 'none' } of emerging.cells) classes.set(name, (classes.get(name) ?? 0) + 1);
  const listed = [...classes].filter(([name]) => name !== 'none').sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return {
    changeTested: whole(tested.length),
    changeP: whole(tested.filter((cell) => cell.changeP! <= 0.05).length),
    changeQ: whole(tested.filter((cell) => cell.changeQ! <= 0.05).length),
    emerging: listed.map(([name, count]) => `${whole(count)} ${name}`).join(', ') || 'no cell has a class',
    emergingNone: whole(classes.get('none') ?? 0),
  };
}

async function concentrationFigures(get: Get) {
  const wards = await get<ConcentrationAnswer>(`/api/concentration?${example}&by=ward&top=3`);
  const cells = await get<ConcentrationAnswer>(`/api/concentration?${example}`);
  const half = cells.shares!.find(({ percentOfIncidents }) => percentOfIncidents === 50)!;
  return {
    topWards: `${wards.top.list
      .slice(0, -1)
      .map(({ name }) => name)
      .join(', ')} and ${wards.top.list.at(-1)!.name}`,
    topWardShare: percent(wards.top.share),
    halfCells: whole(half.places),
    halfShare: percent(half.shareOfAllPlaces, 1),
    gini: fixed(cells.gini, 2),
    giniWards: fixed(wards.gini, 2),
  };
}

async function trendFigures(get: Get) {
  const trend = await get<Trend>('/api/trend?categories=violence');
  const kendall = trend.mannKendall!;
  const exceptional = trend.months.filter((month) => month.exceptional !== null);
  const on = (side: string) => exceptional.filter((month) => month.exceptional === side).length;
  const last = trend.months.at(-1)!;
  return {
    trendMonths: String(kendall.months),
    trendS: String(kendall.s),
    trendP: pWords(kendall.p),
    trendDirection: kendall.direction,
    exceptional: `${exceptional.length} of ${trend.months.length} months, ${on('below')} below and ${on('above')} above`,
    dispersion: fixed(trend.dispersion),
    lastMonth: last.month,
    lastCount: whole(last.count!),
    lastLimits: `${whole(last.lower!)} to ${whole(last.upper!)}`,
    lastPrevious: whole(last.previous!),
    lastP: pWords(last.p),
  };
}

async function forecastFigures(get: Get) {
  const forecast = await get<Forecast>('/api/forecast?categories=violence');
  const rows = forecast.methods.map(({ name, evaluation }) => {
    const result = evaluation!.find(({ coverage }) => coverage === 0.05)!;
    return `| ${name} | ${percent(result.hitRate)} | ${fixed(result.pai)} | ${fixed(result.pei, 2)} | ${result.periodsBest} |`;
  });
  const head = ['| method | hit rate | PAI | PEI | months best |', '| --- | ---: | ---: | ---: | ---: |'];
  return {
    forecastTable: `\n\n${[...head, ...rows].join('\n')}\n\n`,
    forecastNext: forecast.next!,
    evidence: forecast.evidence,
  };
}

async function otherFigures(get: Get) {
  const overlap = await get<OverlapAnswer>(`/api/overlap?a=violence&b=asb&from=2018-01-01&to=2018-12-31`);
  const near = await get<NearRepeat>('/api/near-repeat?categories=crime.burglary');
  const hours = await get<Hours>(`/api/hours?${example}`);
  const cell = near.table![0]![0]!;
  return {
    both: whole(overlap.both),
    hotViolence: whole(overlap.a.hot),
    hotAsb: whole(overlap.b.hot),
    bothExpected: fixed(overlap.expectedBoth),
    jaccard: fixed(overlap.jaccard, 2),
    robust: fixed(overlap.similarity.robust, 2),
    nearObserved: whole(cell.observed),
    nearExpected: whole(cell.expected),
    nearRatio: fixed(cell.ratioMean, 2),
    nearP: pWords(cell.p),
    hours: hours.finding!,
    withoutHour: whole(hours.withoutHour),
  };
}
