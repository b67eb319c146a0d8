import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Summary } from '../../server/model.ts';
import { tabTo, violationsOn } from '../helpers/accessibility.ts';
import { launchBrowser, mapSettled, totalShown } from '../helpers/browser.ts';
import { type RunningService, startService } from '../helpers/service.ts';

const year = '?from=2018-01-01&to=2018-12-31';
const wide = { width: 1440, height: 900 };
const phone = { width: 360, height: 740 };

let service: RunningService;
let browser: Browser;

beforeAll(async () => {
  [service, browser] = await Promise.all([startService(), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

async function withPage(viewport: typeof wide, query: string, use: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.newPage({ viewport, locale: 'en-GB' });
  try {
    await page.goto(`${service.url}/${query}`);
    await mapSettled(page);
    await use(page);
  } finally {
    await page.close();
  }
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
    await withPage(viewport, query, async (page) => expect(await violationsOn(page)).toEqual([]));
  });

  test('with the charts as tables and the flags open', async () => {
    await withPage(wide, year, async (page) => {
      const button = page.getByRole('button', { name: /^Show as table/ }).first();
      await button.click();
      await button.click();
      await page.getByText('Flags').click();
      expect(await page.getByRole('table').count()).toBe(3);
      expect(await violationsOn(page)).toEqual([]);
    });
  });
});

describe('axe finds nothing while months are on the map', () => {
  test.each([
    ['wide', wide, year],
    ['on a phone', phone, `${year}&sheet=filters`],
  ])('%s', async (_, viewport, query) => {
    await withPage(viewport, query, async (page) => {
      await page.locator('.play-button').click();
      const bar = page.getByRole('region', { name: 'Months on the map' });
      await bar.getByRole('button', { name: 'Pause months' }).click();
      await mapSettled(page);
      expect(await violationsOn(page)).toEqual([]);
    });
  });
});

describe('the keyboard alone', () => {
  test('reaches the filter, the list, a place and the map', async () => {
    await withPage(wide, year, async (page) => {
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
  });

  test('skips to the map and to the figures', async () => {
    await withPage(wide, year, async (page) => {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the map');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('figures');
    });
  });
});

describe('a phone 360 px wide', () => {
  test('shows map, filters and figures in turn, with nothing cut off at the side', async () => {
    await withPage(phone, year, async (page) => {
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
  });

  test('filters from its sheet, and Back returns through the sheets', async () => {
    await withPage(phone, year, async (page) => {
      await page.getByRole('navigation').getByRole('button', { name: 'Filters' }).click();
      await page.getByRole('checkbox', { name: /^Violence/ }).click();
      await page.getByRole('navigation').getByRole('button', { name: 'Figures' }).click();
      const response = await fetch(`${service.url}/api/summary${year}&categories=violence`);
      const { total } = (await response.json()) as Summary;
      await expect.poll(() => totalShown(page), { timeout: 20_000 }).toBe(total);
      await page.goBack();
      expect(await page.locator('#filters').isVisible()).toBe(true);
    });
  });

  test('has no target smaller than 24 px', async () => {
    await withPage(phone, `${year}&place=ward:E05008952`, async (page) => {
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
});
