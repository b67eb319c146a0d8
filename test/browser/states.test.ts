import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { mapSettled, totalShown } from '../helpers/browser.ts';
import { browserTests } from '../helpers/browser-tests.ts';
import type { RunningService } from '../helpers/service.ts';

const year = '?from=2018-01-01&to=2018-12-31';
let service: RunningService;
let page: Page;

browserTests(
  { width: 1280, height: 800 },
  (opened) => {
    ({ service, page } = opened);
  },
  { mayComplain: true },
);

const refusal = (status: number, code: string, message: string) => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify({ error: { code, message, details: null } }),
});

test('a service that is starting is waited for', async () => {
  let asked = 0;
  await page.route('**/api/catalog', (route) =>
    ++asked < 3 ? route.fulfill(refusal(503, 'starting', 'Loading the incidents.')) : route.continue(),
  );
  await page.goto(service.url);
  await page.getByRole('heading', { name: 'The service is starting' }).waitFor();
  expect(await page.getByRole('status').textContent()).toContain('opens by itself');
  await mapSettled(page);
  expect(await totalShown(page)).toBeGreaterThan(0);
});

test('a filter the service refuses is explained in its words, and can be cleared', async () => {
  await page.goto(`${service.url}/?categories=nonsense`);
  const alert = page.getByRole('alert');
  await alert.waitFor();
  expect(await alert.textContent()).toContain('nonsense');
  await alert.getByRole('button', { name: 'Clear the filter' }).click();
  await mapSettled(page);
  expect(await totalShown(page)).toBeGreaterThan(0);
  expect(page.url()).not.toContain('nonsense');
});

test('a failure is said with a way to try again, and the old picture is marked as old', async () => {
  await page.goto(`${service.url}/${year}`);
  await mapSettled(page);
  await page.route('**/api/**', (route) => route.fulfill(refusal(500, 'internal', 'Something broke.')));
  await page.getByRole('checkbox', { name: /^Violence/ }).click();
  await page.getByRole('alert').first().waitFor();
  expect(await page.locator('.map-message').textContent()).toBe('Not up to date. Something broke.');
  await page.unroute('**/api/**');
  await page.locator('#figures').getByRole('button', { name: 'Try again' }).first().click();
  await page.locator('[data-total]').waitFor();
  expect(await totalShown(page)).toBeGreaterThan(0);
});

test('a service that has gone away is told from one that answers badly', async () => {
  await page.route('**/api/catalog', (route) => route.abort());
  await page.goto(service.url);
  await page.getByRole('heading', { name: 'The map cannot be shown' }).waitFor();
  expect(await page.getByRole('status').textContent()).toContain('cannot be reached');
  await page.unroute('**/api/catalog');
  await page.getByRole('button', { name: 'Try again' }).click();
  await mapSettled(page);
});

test('a filter that nothing matches says which conditions to relax', async () => {
  await page.goto(`${service.url}/?from=2018-01-01&to=2018-01-01&hours=4&categories=fire.primary.dwelling`);
  await page.getByText('No incidents match this filter.').waitFor();
  expect(await totalShown(page)).toBe(0);
  await page.getByRole('button', { name: 'Allow all dates' }).click();
  expect(page.url()).not.toContain('from=');
  expect(page.url()).toContain('hours=4');
});

test('without WebGL the lists and charts work, and the page says so', async () => {
  await page.addInitScript(() => {
    const original = HTMLCanvasElement.prototype.getContext;
    Object.assign(HTMLCanvasElement.prototype, {
      getContext(this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
        return kind.startsWith('webgl') ? null : Reflect.apply(original, this, [kind, ...rest]);
      },
    });
  });
  await page.goto(`${service.url}/${year}&list=cells`);
  await page.getByText('This browser cannot draw the map').waitFor();
  await page.locator('.ranked tbody tr').first().waitFor();
  expect(await totalShown(page)).toBeGreaterThan(0);
  expect(await page.locator('.ranked tbody tr').count()).toBe(25);
  await page.locator('.row-button').first().click();
  expect(await page.getByRole('region', { name: 'Selected place' }).textContent()).toContain('Rank 1 of');
});
