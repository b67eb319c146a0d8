import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Quality } from '../../server/import-model.ts';
import { violationsOn } from '../helpers/accessibility.ts';
import { mapSettled } from '../helpers/browser.ts';
import { browserTests } from '../helpers/browser-tests.ts';
import type { RunningService } from '../helpers/service.ts';

let service: RunningService;
let page: Page;
let complaints: string[];

browserTests({ width: 1280, height: 900 }, (opened) => {
  ({ service, page, complaints } = opened);
  page.setDefaultTimeout(40_000);
});

const report = () => page.locator('.report');
const ready = () => report().getByRole('heading', { name: 'Completeness by column' }).waitFor();

test('the quality of a source is told in the figures of its JSON, and axe finds nothing', async () => {
  await page.goto(`${service.url}/?page=quality&of=source:demo`);
  await report().getByRole('heading', { name: 'demo' }).waitFor();
  const link = page.getByRole('link', { name: 'The same as JSON' });
  const address = new URL((await link.getAttribute('href')) ?? '', service.url);
  const quality = (await (await page.request.get(address.href)).json()) as Quality;
  const text = await report().textContent();
  expect(text).toContain(`${quality.incidents.toLocaleString('en-GB')} incidents.`);
  expect(text).toContain(`${quality.placed.coordinates.toLocaleString('en-GB')}`);
  expect(text).toContain('ten commonest');
  for (const note of quality.notes) expect(text).toContain(note);
  await page.locator('.report .plot svg').waitFor();
  expect(await violationsOn(page)).toEqual([]);
  await page.getByRole('button', { name: 'Show as table' }).click();
  expect(await page.getByRole('region', { name: 'By month, table' }).getByRole('row').count()).toBe(
    quality.months.length + 1,
  );
  expect(await violationsOn(page)).toEqual([]);
});

test('another report is chosen, and Back returns to the one before', async () => {
  await page.goto(`${service.url}/?page=quality`);
  await ready();
  await page.getByRole('combobox', { name: 'Report on' }).selectOption('source:demo');
  await page.getByText('All imports of the source').waitFor();
  expect(page.url()).toContain('of=source:demo');
  await page.goBack();
  await page.getByText('All imports of the source').waitFor({ state: 'detached' });
});

test('pages are changed without losing the view of the map', async () => {
  await page.goto(`${service.url}/?from=2018-01-01&to=2018-03-31&hours=22-3`);
  await mapSettled(page);
  const { search } = new URL(page.url());
  await page.getByRole('link', { name: 'Data quality' }).click();
  await page.locator('.report h2').waitFor();
  await page.getByRole('link', { name: 'Map', exact: true }).click();
  await mapSettled(page);
  expect(new URL(page.url()).search).toBe(search);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Hotspot map');
});

test('a report that does not exist is told in words', async () => {
  await page.goto(`${service.url}/?page=quality&of=import:4711`);
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').textContent()).toContain('4711');
  // the browser logs every answer of 404
  expect(complaints.splice(0).every((text) => text.includes('404'))).toBe(true);
});

test('on paper there is the report and nothing to press', async () => {
  await page.goto(`${service.url}/?page=quality&of=source:demo`);
  await page.locator('.report .plot svg').waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
  expect(await page.getByRole('button').locator('visible=true').count()).toBe(0);
  expect(await report().isVisible()).toBe(true);
});
