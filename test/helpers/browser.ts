import { existsSync } from 'node:fs';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';
import type { MapElement } from '../../client/map/hotspot-map.ts';

const installed = [
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Software WebGL, so that the map is drawn on machines without a graphics card. */
const flags = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-dev-shm-usage',
  '--lang=en-GB',
];

/** A headless Chromium that draws WebGL: `CHROME_PATH`, an installed one, else the one of `@sparticuz/chromium`. */
export async function launchBrowser(): Promise<Browser> {
  const path = process.env.CHROME_PATH ?? installed.find((candidate) => existsSync(candidate));
  return playwright.launch({ executablePath: path ?? (await packagedChromium()), args: flags, headless: true });
}

async function packagedChromium(): Promise<string> {
  const { default: chromium } = await import('@sparticuz/chromium');
  return chromium.executablePath();
}

/** Waits until the map shows the picture that belongs to the view: the answers are in and the tiles drawn. */
export async function mapSettled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const element = document.querySelector('[data-map]') as MapElement | null;
    const busy = document.querySelector('.map-frame')?.getAttribute('aria-busy') === 'true';
    return !busy && element?.map?.loaded() === true && !element.map.isMoving();
  });
  // Answers are asked for after a short pause, and the new picture is swapped in a frame or two after they arrive.
  await page.waitForTimeout(300);
  await page.waitForFunction(() => {
    const { map } = document.querySelector('[data-map]') as MapElement;
    const cells = map?.getStyle().layers.filter(({ id }) => id.startsWith('cells-')) ?? [];
    return map?.loaded() === true && cells.every(({ id }) => map.getPaintProperty(id, 'fill-opacity') !== 0);
  });
}

/** The hexagons drawn in the map's view, each once, with their counts. */
export async function drawnCells(page: Page): Promise<Map<string, number>> {
  const pairs = await page.evaluate(() => {
    const { map, picture } = document.querySelector('[data-map]') as MapElement;
    const layers = map?.getStyle().layers.flatMap(({ id }) => (id.startsWith('cells-') ? [id] : [])) ?? [];
    const features = layers.length > 0 ? (map?.queryRenderedFeatures({ layers }) ?? []) : [];
    const shown = picture?.();
    if (shown?.kind !== 'hexagons') return [];
    const { answer, scale } = shown;
    const drawn = scale.kind === 'count' ? features.filter(({ state }) => (state.step ?? -1) >= 0) : features;
    return drawn.map(({ id }) => {
      const cell = `8${answer.resolution.toString(16)}${Number(id).toString(16).padStart(13, '0')}`;
      return [cell, answer.counts[answer.indexOf(cell)] ?? 0] as const;
    });
  });
  return new Map(pairs);
}

/** One property of every hexagon drawn, by cell. */
export async function drawnProperty(page: Page, name: string): Promise<Map<string, string | number | undefined>> {
  const pairs = await page.evaluate((property) => {
    const { map, picture } = document.querySelector('[data-map]') as MapElement;
    const shown = picture?.();
    if (shown?.kind !== 'hexagons') return [];
    const start = `8${shown.answer.resolution.toString(16)}`;
    const sources = map?.getStyle().layers.flatMap(({ id }) => (id.startsWith('cells-') ? [id] : [])) ?? [];
    const features = sources.flatMap((id) => map?.querySourceFeatures(id, { sourceLayer: 'cells' }) ?? []);
    return features.map(({ id, properties }) => {
      return [start + Number(id).toString(16).padStart(13, '0'), properties[property]] as const;
    });
  }, name);
  return new Map(pairs);
}

/** A point of the page in the middle of a hexagon. */
export async function pointOfCell(page: Page, lat: number, lng: number): Promise<{ x: number; y: number }> {
  return page.evaluate(
    ([latitude, longitude]) => {
      const element = document.querySelector('[data-map]') as MapElement;
      const frame = element.getBoundingClientRect();
      const point = element.map?.project([longitude, latitude]) ?? { x: 0, y: 0 };
      return { x: frame.left + point.x, y: frame.top + point.y };
    },
    [lat, lng] as const,
  );
}

/** The large number of the figures panel. */
export async function totalShown(page: Page): Promise<number> {
  const text = (await page.locator('[data-total]').textContent()) ?? '';
  return Number(text.replaceAll(',', ''));
}
