import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Summary } from '../../server/model.ts';
import { tabTo, violationsOn } from '../helpers/accessibility.ts';
import { mapSettled, totalShown } from '../helpers/browser.ts';
import { browserTests } from '../helpers/browser-tests.ts';
import type { RunningService } from '../helpers/service.ts';

const year = '?from=2018-01-01&to=2018-12-31';
const wide = { width: 1440, height: 900 };
const phone = { width: 360, height: 740 };

let service: RunningService;
let page: Page;

browserTests(wide, (opened) => {
  ({ service, page } = opened);
});

async function open(viewport: typeof wide, query: string): Promise<void> {
  await page.setViewportSize(viewport);
  await page.goto(`${service.url}/${query}`);
  await mapSettled(page);
}

describe('axe finds nothing', () => {
  const place = 'place=ward:E05008952';
  test.each([
    ['on the first view', wide, ''],
    [
      'with wards, a place and a long filter',
      wide,
      `${year}&show=areas&${place}&hours=18-23&weekdays=fri,sat&area=ward:E05008952`,
    ],
    ['with hexagons listed', wide, `${year}&list=cells&resolution=10`],
    ['when nothing matches', wide, '?from=2018-01-01&to=2018-01-01&hours=4&categories=fire.primary'],
    ['on a phone, the map', phone, `${year}&${place}`],
    ['on a phone, the filters', phone, `${year}&sheet=filters`],
    ['on a phone, the figures', phone, `${year}&sheet=figures`],
  ])('%s', async (_, viewport, query) => {
    await open(viewport, query);
    expect(await violationsOn(page)).toEqual([]);
  });

  test('with the charts as tables and the flags open', async () => {
    await open(wide, year);
    const button = page.getByRole('button', { name: /^Show as table/ }).first();
    await button.click();
    await button.click();
    await page.getByText('Flags').click();
    expect(await page.getByRole('table').count()).toBe(3);
    expect(await violationsOn(page)).toEqual([]);
  });
});

describe('axe finds nothing while months are on the map', () => {
  test.each([
    ['wide', wide, year],
    ['on a phone', phone, `${year}&sheet=filters`],
  ])('%s', async (_, viewport, query) => {
    await open(viewport, query);
    await page.locator('.play-button').click();
    const bar = page.getByRole('region', { name: 'Months on the map' });
    await bar.getByRole('button', { name: 'Pause months' }).click();
    await mapSettled(page);
    expect(await violationsOn(page)).toEqual([]);
  });
});

describe('the keyboard alone', () => {
  test('reaches the filter, the list, a place and the map', async () => {
    await open(wide, year);
    const all = await totalShown(page);
    await tabTo(
      page,
      () => document.activeElement?.closest('.tree') !== null && document.activeElement?.tagName === 'INPUT',
    );
    await page.keyboard.press('Space');
    await page.waitForFunction(
      (before) => document.querySelector('[data-total]')?.textContent !== before,
      all.toLocaleString('en-GB'),
    );
    expect(page.url()).toContain('categories=violence');

    await tabTo(page, () => document.activeElement?.classList.contains('maplibregl-canvas') ?? false);
    const before = new URL(page.url()).searchParams.get('at');
    await page.keyboard.press('ArrowRight');
    await mapSettled(page);
    expect(new URL(page.url()).searchParams.get('at')).not.toBe(before);

    await tabTo(page, () => document.activeElement?.getAttribute('role') === 'tab');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    expect(page.url()).toContain('list=cells');
    await tabTo(page, () => document.activeElement?.classList.contains('row-button') ?? false);
    await page.keyboard.press('Enter');
    expect(page.url()).toContain('place=cell:');
    expect(await page.getByRole('region', { name: 'Selected place' }).textContent()).toContain('Rank 1 of');
  });

  test('skips to the map and to the figures', async () => {
    await open(wide, year);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the map');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('figures');
  });
});

describe('a phone 360 px wide', () => {
  test('shows map, filters and figures in turn, with nothing cut off at the side', async () => {
    await open(phone, year);
    for (const name of ['Filters', 'Figures', 'Map']) {
      await page.getByRole('navigation').getByRole('button', { name }).click();
      const [scrolled, inner] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(scrolled).toBeLessThanOrEqual(inner as number);
      const cutOff = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('button, select, input, h2, h3, table')]
          .filter(
            (element) => element.checkVisibility() && !element.closest('.filter-bar, .visually-hidden, .skip-link'),
          )
          .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
          .map((element) => element.outerHTML.slice(0, 80)),
      );
      expect(cutOff).toEqual([]);
    }
  });

  test('filters from its sheet, and Back returns through the sheets', async () => {
    await open(phone, year);
    await page.getByRole('navigation').getByRole('button', { name: 'Filters' }).click();
    await page.getByRole('checkbox', { name: /^Violence/ }).click();
    await page.getByRole('navigation').getByRole('button', { name: 'Figures' }).click();
    const response = await fetch(`${service.url}/api/summary${year}&categories=violence`);
    const { total } = (await response.json()) as Summary;
    await expect.poll(() => totalShown(page), { timeout: 20_000 }).toBe(total);
    await page.goBack();
    expect(await page.locator('#filters').isVisible()).toBe(true);
  });

  test('has no target smaller than 24 px', async () => {
    await open(phone, `${year}&place=ward:E05008952`);
    for (const name of ['Map', 'Filters', 'Figures']) {
      await page.getByRole('navigation').getByRole('button', { name }).click();
      const small = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('button, select, summary, label, input:not([type=checkbox])')]
          .filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 1)
          .filter((element) => Math.min(element.offsetHeight, element.offsetWidth) < 24)
          .map((element) => `${element.outerHTML.slice(0, 80)} ${element.offsetWidth}×${element.offsetHeight}`),
      );
      expect(small).toEqual([]);
    }
  });
});
