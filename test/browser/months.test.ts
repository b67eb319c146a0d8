import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Cells } from '../../server/model.ts';
import { drawnCells, mapSettled, totalShown } from '../helpers/browser.ts';
import { browserTests } from '../helpers/browser-tests.ts';
import type { RunningService } from '../helpers/service.ts';

const year = '?from=2018-01-01&to=2018-12-31';
let service: RunningService;
let page: Page;

browserTests({ width: 1280, height: 800 }, async (opened) => {
  ({ service, page } = opened);
  await page.goto(`${service.url}/${year}`);
  await mapSettled(page);
});

const bar = () => page.getByRole('region', { name: 'Months on the map' });
const month = () => page.locator('[data-month]').getAttribute('data-month');
const steps = () => page.evaluate(() => history.length);
const bounds = () => page.locator('.scale-bounds').allTextContents();
/** Waits until all months are here. */
const ready = () =>
  bar()
    .getByText(/^[A-Z][a-z]+ \d{4}$/)
    .waitFor();

async function countsOf(from: string, to: string): Promise<Map<string, number>> {
  const response = await fetch(`${service.url}/api/cells?from=${from}&to=${to}&resolution=9`);
  const { cells } = (await response.json()) as Cells;
  return new Map(cells.map(({ cell, count }) => [cell, count]));
}

describe('the months', () => {
  test('play by keyboard, pause, and are stepped through; one step back leads to the range', async () => {
    const before = { url: page.url(), steps: await steps(), total: await totalShown(page) };
    await page.getByRole('button', { name: 'Play months' }).focus();
    await page.keyboard.press('Enter');
    await ready();
    await expect.poll(month).toBe('2018-02');
    expect(page.url()).toBe(before.url);
    await bar().getByRole('button', { name: 'Pause months' }).focus();
    await page.keyboard.press('Space');
    await bar().getByRole('slider', { name: 'Month' }).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await bar().getByRole('button', { name: 'Month after' }).focus();
    await page.keyboard.press('Enter');
    expect(await month()).toBe('2018-03');
    expect(page.url()).toContain('from=2018-03-01&to=2018-03-31');
    expect(await steps()).toBe(before.steps + 1);
    expect(await bar().getByRole('status').textContent()).toBe('March 2018');
    await mapSettled(page);
    expect(await drawnCells(page)).toEqual(await countsOf('2018-03-01', '2018-03-31'));
    expect(await totalShown(page)).toBeLessThan(before.total);

    await page.goBack();
    await mapSettled(page);
    expect(page.url()).toBe(before.url);
    expect(await bar().count()).toBe(0);
    expect(await totalShown(page)).toBe(before.total);
  });

  test('share one scale, and play to the end without a request; the range comes back', async () => {
    const [start, whole, history] = [page.url(), await drawnCells(page), await steps()];
    await page.getByRole('button', { name: 'Play months' }).click();
    await ready();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const scale = await bounds();
    await page.getByLabel('Speed').selectOption('10');
    const [seen, scales] = [new Set<string | null>(), new Set<string>()];
    while ((await bar().count()) > 0) {
      seen.add(await month().catch(() => null));
      const now = (await bounds()).join();
      if ((await bar().count()) > 0) scales.add(now);
    }
    expect(seen.size).toBeGreaterThan(3);
    expect([...scales]).toEqual([scale.join()]);
    expect(asked).toEqual([]);
    await mapSettled(page);
    expect(await drawnCells(page)).toEqual(whole);
    expect(page.url()).toBe(start);
    expect(await steps()).toBe(history);
  });

  test('go on with other categories, and end with other dates', async () => {
    await page.getByRole('button', { name: 'Play months' }).click();
    await ready();
    await bar().getByRole('button', { name: 'Pause months' }).click();
    await page.getByRole('checkbox', { name: /^Violence/ }).click();
    await mapSettled(page);
    const at = (await month()) ?? '';
    const response = await fetch(`${service.url}/api/cells?from=${at}-01&to=${at}-28&categories=violence&resolution=9`);
    expect(response.ok).toBe(true);
    expect(page.url()).toContain('categories=violence');
    expect(await bar().count()).toBe(1);
    await page.getByLabel('Period', { exact: true }).selectOption('all');
    expect(await bar().count()).toBe(0);
    expect(page.url()).not.toContain('from=');
  });

  test('end with the cross, and give the range back', async () => {
    const start = page.url();
    await page.getByRole('button', { name: 'Play months' }).click();
    await ready();
    await bar().getByRole('button', { name: 'Month after' }).click();
    expect(page.url()).not.toBe(start);
    await bar().getByRole('button', { name: /^Stop/ }).click();
    await expect.poll(() => page.url()).toBe(start);
    expect(await bar().count()).toBe(0);
  });
});

test('where motion is not wanted, a month stays for a second', async () => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.reload();
  await mapSettled(page);
  await page.getByRole('button', { name: 'Play months' }).click();
  expect(await page.getByLabel('Speed').inputValue()).toBe('1');
});
