import { cellToLatLng } from 'h3-js';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { MapElement } from '../../client/map/hotspot-map.ts';
import type { Areas, Cells, Summary } from '../../server/model.ts';
import { drawnCells, mapSettled, pointOfCell, totalShown } from '../helpers/browser.ts';
import { browserTests } from '../helpers/browser-tests.ts';
import type { RunningService } from '../helpers/service.ts';

let service: RunningService;
let page: Page;

browserTests({ width: 1440, height: 900 }, (opened) => {
  ({ service, page } = opened);
});

const year = '?from=2018-01-01&to=2018-12-31';

async function open(query: string): Promise<void> {
  await page.goto(`${service.url}/${query}`);
  await mapSettled(page);
}

async function ask<T>(path: string): Promise<T> {
  const response = await fetch(`${service.url}${path}`);
  return (await response.json()) as T;
}

describe('the map', () => {
  test('opens on the latest year, fitted to the data, with the hexagons of the API', async () => {
    await open('');
    expect(page.url()).toContain(year);
    const { cells } = await ask<Cells>(`/api/cells${year}&resolution=9`);
    const expected = new Map(cells.map(({ cell, count }) => [cell, count]));
    const drawn = await drawnCells(page);
    expect(drawn.size).toBeGreaterThan(200);
    expect(drawn.size).toBe(expected.size);
    for (const [cell, count] of drawn) expect([cell, count]).toEqual([cell, expected.get(cell)]);
    expect(await colouredPixels()).toBeGreaterThan(10_000);
    expect(await page.getByText('Synthetic demo data').count()).toBeGreaterThanOrEqual(2);
  });

  test('has a legend whose classes hold every hexagon drawn', async () => {
    await open(year);
    const bounds = (await page.locator('.scale-bounds').allTextContents()).map((text) =>
      text.split('–').map((number) => Number(number.replaceAll(',', ''))),
    );
    const counts = [...(await drawnCells(page)).values()];
    expect(bounds[0]?.[0]).toBe(Math.min(...counts));
    expect(bounds.at(-1)?.at(-1)).toBe(Math.max(...counts));
    for (const [index, [from]] of bounds.entries())
      if (index > 0) expect(from).toBe((bounds[index - 1]?.at(-1) ?? 0) + 1);
    expect(await page.locator('.legend-title').textContent()).toContain('Incidents per hexagon (≈ 0.1 km²)');
  });

  test('colours wards instead, and a click on one opens its numbers', async () => {
    await open(`${year}&show=areas`);
    const { areas, located } = await ask<Areas>(`/api/areas/ward${year}`);
    expect((await drawnCells(page)).size).toBe(0);
    const victoria = areas.find(({ name }) => name === 'Victoria');
    const { x, y } = await pointOfCell(page, 54.6865, -1.2165);
    await page.mouse.click(x, y);
    const card = page.getByRole('region', { name: 'Selected place' });
    await card.waitFor();
    const text = (await card.textContent()) ?? '';
    expect(text).toContain('Victoria');
    expect(text).toContain(victoria?.count.toLocaleString('en-GB'));
    expect(text).toContain(`${((100 * (victoria?.count ?? 0)) / located).toFixed(1)}%`);
    expect(page.url()).toContain(`place=ward:${victoria?.code}`);
  });

  test('and the ranked list point at each other', async () => {
    await open(`${year}&list=cells`);
    const { cells } = await ask<Cells>(`/api/cells${year}&resolution=9`);
    const top = cells.toSorted((a, b) => b.count - a.count)[0];
    const first = page.locator('.ranked tbody tr').first();
    expect(await first.locator('.number').first().textContent()).toBe(top?.count.toLocaleString('en-GB'));
    await first.hover();
    await expect.poll(() => marked('hovered')).toEqual([top?.cell]);

    const [lat, lng] = cellToLatLng(top?.cell ?? '');
    const { x, y } = await pointOfCell(page, lat, lng);
    await page.mouse.move(x, y);
    await page.locator('.tooltip').waitFor();
    await expect
      .poll(() => page.locator('.tooltip strong').textContent())
      .toBe(`${top?.count.toLocaleString('en-GB')} incidents`);
    await expect.poll(() => first.getAttribute('class')).toContain('hovered');
    await page.mouse.click(x, y);
    await expect.poll(() => page.url()).toContain(`place=cell:${top?.cell}`);
    await expect.poll(() => first.getAttribute('class')).toContain('selected');
  });
});

describe('the filter', () => {
  test('changes the number, the list, the map and the URL; Back undoes it; the link opens it again', async () => {
    await open(year);
    const before = await totalShown(page);
    await page.getByRole('checkbox', { name: /^Violence/ }).click();
    await mapSettled(page);
    const violence = await ask<Summary>(`/api/summary${year}&categories=violence`);
    const wards = await ask<Areas>(`/api/areas/ward${year}&categories=violence`);
    expect(page.url()).toContain('categories=violence');
    expect(await totalShown(page)).toBe(violence.total);
    expect(await listed()).toEqual(wards.areas.map(({ count }) => count).sort((a, b) => b - a));
    const sum = [...(await drawnCells(page)).values()].reduce((a, b) => a + b, 0);
    expect(sum).toBe(violence.located);

    await page.reload();
    await mapSettled(page);
    expect(await totalShown(page)).toBe(violence.total);
    expect(await page.getByRole('checkbox', { name: /^Violence/ }).isChecked()).toBe(true);

    await page.goBack();
    await mapSettled(page);
    expect(await totalShown(page)).toBe(before);
    expect(page.url()).not.toContain('categories');
  });

  test('is emptied by its chips', async () => {
    await open(`${year}&weekdays=fri&hours=18-23`);
    await page.getByRole('button', { name: 'Remove filter: Fri' }).click();
    expect(page.url()).not.toContain('weekdays');
    await page.locator('.filter-bar').getByRole('button', { name: 'Clear all' }).click();
    await mapSettled(page);
    expect(await totalShown(page)).toBe((await ask<Summary>('/api/summary')).total);
  });

  test('shows the last of several quick changes, whatever comes back last', async () => {
    await open(year);
    await page.route(/\/api\/summary\?.*categories=violence(&|$)/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await route.continue().catch(() => {});
    });
    const box = page.getByRole('checkbox', { name: /^Violence/ });
    await box.click();
    await page.waitForTimeout(300);
    await box.click();
    await page.getByRole('checkbox', { name: /^Fires/ }).click();
    const fires = await ask<Summary>(`/api/summary${year}&categories=fire`);
    await expect.poll(() => totalShown(page), { timeout: 20_000 }).toBe(fires.total);
    // Long enough for the late answer to arrive and be dropped.
    await page.waitForTimeout(1500);
    expect(await totalShown(page)).toBe(fires.total);
  });
});

/** The hexagons outlined as hovered or selected; one that lies in two tiles counts once. */
async function marked(mark: string): Promise<string[]> {
  const cells = await page.evaluate((name) => {
    const { map } = document.querySelector('[data-map]') as MapElement;
    const features = map?.querySourceFeatures('marks') ?? [];
    return features.filter(({ properties }) => properties.mark === name).map(({ properties }) => properties.cell);
  }, mark);
  return [...new Set(cells)];
}

async function listed(): Promise<number[]> {
  const texts = await page.locator('.ranked tbody tr td:nth-child(3)').allTextContents();
  return texts.map((text) => Number(text.replaceAll(',', '')));
}

/** Pixels of the map in the yellow to red of the data. */
async function colouredPixels(): Promise<number> {
  const picture = (await page.locator('[data-map]').screenshot()).toString('base64');
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context?.drawImage(image, 0, 0);
    const { data } = context?.getImageData(0, 0, image.width, image.height) ?? { data: [] };
    let coloured = 0;
    for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 0) - (data[at + 2] ?? 0) > 60) coloured++;
    return coloured;
  }, picture);
}
