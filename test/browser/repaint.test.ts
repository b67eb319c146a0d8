import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { MapElement } from '../../client/map/hotspot-map.ts';
import type { Cells } from '../../server/model.ts';
import { drawnCells, mapSettled } from '../helpers/browser.ts';
import { browserTests } from '../helpers/browser-tests.ts';
import type { RunningService } from '../helpers/service.ts';

const year = '?from=2018-01-01&to=2018-12-31';
let service: RunningService;
let page: Page;
let tilesAsked: string[];

browserTests({ width: 1280, height: 800 }, async (opened) => {
  ({ service, page } = opened);
  tilesAsked = [];
  page.on('request', (request) => {
    if (request.url().includes('/tiles/cells/')) tilesAsked.push(request.url());
  });
  await page.goto(`${service.url}/${year}`);
  await mapSettled(page);
});

const box = (name: string) => page.getByRole('checkbox', { name: new RegExp(`^${name}`) });

async function countsOf(category: string): Promise<Map<string, number>> {
  const response = await fetch(`${service.url}/api/cells${year}&resolution=9&categories=${category}`);
  const { cells } = (await response.json()) as Cells;
  return new Map(cells.map(({ cell, count }) => [cell, count]));
}

/** Class of every hexagon drawn, by its colour, and the least count of each class of the legend. */
async function colours(): Promise<{ steps: [string, number][]; starts: number[] }> {
  return page.evaluate(() => {
    const { map, picture } = document.querySelector('[data-map]') as MapElement;
    const shown = picture?.();
    if (shown?.kind !== 'hexagons' || shown.scale.kind !== 'count') return { steps: [], starts: [] };
    const layers = map?.getStyle().layers.flatMap(({ id }) => (id.startsWith('cells-') ? [id] : [])) ?? [];
    const features = map?.queryRenderedFeatures({ layers }) ?? [];
    const start = `8${shown.answer.resolution.toString(16)}`;
    const steps = features.map(({ id, state }): [string, number] => [
      start + Number(id).toString(16).padStart(13, '0'),
      state.step ?? -1,
    ]);
    return { steps, starts: shown.scale.classes.map(({ from }) => from) };
  });
}

describe('a change of the filter', () => {
  test('recolours every hexagon by its class, and asks for no tile again', async () => {
    expect(tilesAsked.length).toBeGreaterThan(0);
    tilesAsked = [];
    await box('Violence').click();
    await mapSettled(page);
    const counts = await countsOf('violence');
    const { steps, starts } = await colours();
    expect(starts).toHaveLength(5);
    expect(new Set(steps.map(([cell]) => cell)).size).toBeGreaterThan(counts.size);
    for (const [cell, step] of steps) {
      const count = counts.get(cell) ?? 0;
      expect([cell, step]).toEqual([cell, starts.findLastIndex((from) => count >= from)]);
    }
    expect(tilesAsked).toEqual([]);
  });

  test('changes the hexagons and the legend in one frame, and never shows a map without hexagons', async () => {
    await page.evaluate(() => {
      const { map, picture } = document.querySelector('[data-map]') as MapElement;
      const seen: { drawn: number; legend: string; classes: string }[] = [];
      map?.on('render', () => {
        const layers = map.getStyle().layers.flatMap(({ id }) => (id.startsWith('cells-') ? [id] : []));
        const visible = layers.filter((id) => map.getPaintProperty(id, 'fill-opacity') !== 0);
        const drawn = map.queryRenderedFeatures({ layers: visible }).filter(({ state }) => (state.step ?? -1) >= 0);
        const shown = picture?.();
        const classes = shown?.kind === 'hexagons' && shown.scale.kind === 'count' ? shown.scale.classes : [];
        const written = [...document.querySelectorAll('.scale-bounds')].map(({ textContent }) => textContent);
        const bounds = classes.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`));
        seen.push({ drawn: drawn.length, legend: written.join(), classes: bounds.join() });
      });
      Object.assign(window, { seen });
    });
    for (const name of ['Violence', 'Fires', 'Violence']) {
      await box(name).click();
      await mapSettled(page);
    }
    type Seen = { drawn: number; legend: string; classes: string };
    const seen = await page.evaluate(() => (window as unknown as { seen: Seen[] }).seen);
    expect(new Set(seen.map(({ classes }) => classes)).size).toBe(3);
    expect(Math.min(...seen.map(({ drawn }) => drawn))).toBeGreaterThan(50);
    for (const { legend, classes } of seen) expect(legend.replaceAll(',', '')).toBe(classes.replaceAll(',', ''));
  });

  test('drops an answer that a newer one has overtaken', async () => {
    await page.route(/\/api\/cells\?.*categories=violence(&|$)/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1200));
      await route.continue().catch(() => {});
    });
    await box('Violence').click();
    await page.waitForTimeout(200);
    await box('Violence').click();
    await box('Fires').click();
    const fires = await countsOf('fire');
    const sum = async () => [...(await drawnCells(page)).values()].reduce((total, count) => total + count, 0);
    const expected = [...fires.values()].reduce((total, count) => total + count, 0);
    await expect.poll(sum, { timeout: 20_000 }).toBe(expected);
    // Long enough for the late answer to arrive and be dropped.
    await page.waitForTimeout(1500);
    expect(await drawnCells(page)).toEqual(fires);
  });

  test('leaves hexagons without an incident out of reach of the pointer', async () => {
    await box('Fires').click();
    await mapSettled(page);
    const fires = await countsOf('fire');
    const { steps } = await colours();
    const empty = steps.find(([cell]) => !fires.has(cell))?.[0] ?? '';
    const { cellToLatLng } = await import('h3-js');
    const [lat, lng] = cellToLatLng(empty);
    const at = await page.evaluate(
      ([latitude, longitude]) => {
        const element = document.querySelector('[data-map]') as MapElement;
        const frame = element.getBoundingClientRect();
        const { x, y } = element.map?.project([longitude, latitude]) ?? { x: 0, y: 0 };
        return { x: frame.left + x, y: frame.top + y };
      },
      [lat, lng] as const,
    );
    await page.mouse.move(at.x, at.y);
    await page.waitForTimeout(300);
    expect(await page.locator('.tooltip').count()).toBe(0);
  });
});

test('a finer resolution is loaded unseen and takes the place of the old', async () => {
  await page.getByLabel('Size of the hexagons').selectOption('10');
  await mapSettled(page);
  const response = await fetch(`${service.url}/api/cells${year}&resolution=10`);
  const { cells } = (await response.json()) as Cells;
  expect(await drawnCells(page)).toEqual(new Map(cells.map(({ cell, count }) => [cell, count])));
  expect(tilesAsked.at(-1)).toContain('resolution=10');
});
