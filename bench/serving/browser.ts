import type { Page } from 'playwright-core';
import { launchBrowser, mapSettled, totalShown } from '../../test/helpers/browser.ts';
import { quantile } from '../median.ts';
import { figureText } from '../report/figure-text.ts';
import { keepSection } from '../report/results.ts';
import type { Aim, Table } from '../report/section.ts';
import { type ScaleSize, scaleDatabase, scaleObstacle, scaleSizes } from '../scale/scale-database.ts';
import { packageVersion, serverVersions } from '../scale/versions.ts';
import { type ClickTimes, timeNextClick } from './click-times.ts';
import { type RunningServer, startOurs } from './running-server.ts';

/** The clicks on one size of data; `hexagons` is how many the view holds. */
type BrowserFigures = { readonly size: ScaleSize; readonly clicks: readonly ClickTimes[]; readonly browser: string };

const aimMilliseconds: Readonly<Partial<Record<ScaleSize, number>>> = { '400k': 150, '10m': 250 };
const clicks = 30;
const warmUpClicks = 2;
const viewport = { width: 1440, height: 900 };
/** Hartlepool and a year. */
const address = '?from=2021-04-01&to=2022-03-31&compare=none&at=54.69,-1.22,11.5';
/** What is clicked: each in turn so often that no two filters are alike (the order of a Gray code). */
const controls = [
  { role: 'button', name: /^Sat$/ },
  { role: 'checkbox', name: /^Violence/ },
  { role: 'button', name: /^Mon$/ },
  { role: 'checkbox', name: /^Anti-social behaviour/ },
  { role: 'button', name: /^Fri$/ },
  { role: 'button', name: /^Wed$/ },
] as const;

/** From a click on a filter to the repainted map, in a headless browser that draws in software. */
export async function benchBrowser(fresh: boolean): Promise<void> {
  const obstacle = scaleObstacle();
  if (obstacle) return console.log(`not measured: ${obstacle}`);
  const found: BrowserFigures[] = [];
  let versions = {};
  for (const size of ['400k', '10m'] as const) {
    const url = await scaleDatabase(size, fresh);
    const server = await startOurs(url);
    found.push(await measure(server, size).finally(() => server.stop()));
    versions = {
      ...(await serverVersions(url)),
      Chromium: found[0]!.browser,
      'MapLibre GL JS': packageVersion('maplibre-gl'),
    };
  }
  keepSection({
    name: 'browser',
    title: 'From a click to the repainted map',
    aims: found.map(judge),
    method: browserMethod,
    tables: [clickTable(found)],
    versions,
  });
}

async function measure(server: RunningServer, size: ScaleSize): Promise<BrowserFigures> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport, locale: 'en-GB' });
    await page.goto(`${server.url}/${address}`);
    await settled(page);
    const times: ClickTimes[] = [];
    for (let click = 1; click <= warmUpClicks + clicks; click++) {
      const timed = await timeClick(page, click);
      await refuseWrongTotal(page, server);
      if (click > warmUpClicks) times.push(timed);
    }
    console.log(`${size}: ${inWords(times)}`);
    return { size, clicks: times, browser: browser.version() };
  } finally {
    await browser.close();
  }
}

/** The position of the lowest set bit of the number of the click names the control. */
async function timeClick(page: Page, click: number): Promise<ClickTimes> {
  const { role, name } = controls[31 - Math.clz32(click & -click)]!;
  const [times] = await Promise.all([timeNextClick(page), page.getByRole(role, { name }).click()]);
  await settled(page);
  return times;
}

/** Waits until nothing is on its way any more, charts and lists included. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await mapSettled(page);
}

/** The page shows the figures of the filter in its address: the click has changed what it should. */
async function refuseWrongTotal(page: Page, server: RunningServer): Promise<void> {
  const parameters = new URL(page.url()).searchParams;
  for (const own of ['at', 'compare']) parameters.delete(own);
  const response = await fetch(`${server.url}/api/summary?${parameters}`);
  const { total } = (await response.json()) as { total: number };
  const shown = await totalShown(page);
  if (shown !== total) throw new Error(`${parameters}: the page shows ${shown} incidents, the service counts ${total}`);
}

function judge({ size, clicks: times }: BrowserFigures): Aim {
  const aim = aimMilliseconds[size]!;
  const p50 = quantile(repaints(times), 0.5);
  const p95 = quantile(repaints(times), 0.95);
  return {
    what: `from a click to the repainted map, ${scaleSizes[size].toLocaleString('en-GB')} incidents`,
    aim: `${aim} ms`,
    found: `p50 ${figureText(p50)} ms, p95 ${figureText(p95)} ms`,
    met: p95 <= aim,
  };
}

function clickTable(found: readonly BrowserFigures[]): Table {
  const both = (values: readonly number[]) => [0.5, 0.95].map((share) => figureText(quantile(values, share)));
  return {
    caption: `Milliseconds after the click, p50 and p95 of ${clicks} clicks`,
    columns: ['incidents', 'counts answered, p50', 'p95', 'map painted, p50', 'p95 ', 'pixels there, p50', 'p95  '],
    rows: found.map(({ size, clicks: times }) => [
      scaleSizes[size].toLocaleString('en-GB'),
      ...both(times.map(({ answered }) => answered)),
      ...both(repaints(times)),
      ...both(times.map(({ finished }) => finished)),
    ]),
  };
}

function repaints(times: readonly ClickTimes[]): number[] {
  return times.map(({ painted }) => painted);
}

const browserMethod = [
  `A headless Chromium of ${viewport.width} × ${viewport.height} pixels shows Hartlepool at zoom 11.5 and a year of incidents, charts and lists open. **It draws in software (SwiftShader)
on the two cores that it shares with the service and PostgreSQL**: with a graphics card the painting itself costs next to nothing. ${clicks} times, after ${warmUpClicks} that do
not count, a weekday or a category is clicked that makes a filter never asked before, so that the service has to count; the next click waits
until nothing is on its way. After each click the total on the page is checked against the service's.`,
  `The time runs from the click event to the map's first “render” event in which the picture shown is another than at the click, and the map's
colours are those of the new counts. “Counts answered” is the end of the answer with the counts of the hexagons, as the browser's resource timing tells it;
“pixels there” adds the reading back of a pixel, which waits until the software has drawn all of it.`,
];

function inWords(times: readonly ClickTimes[]): string {
  const [p50, p95] = [0.5, 0.95].map((share) => figureText(quantile(repaints(times), share)));
  return `painted after p50 ${p50} ms, p95 ${p95} ms`;
}
