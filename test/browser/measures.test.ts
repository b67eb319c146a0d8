import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { MapElement } from '../../client/map/hotspot-map.ts';
import type { Cells, Hotspots } from '../../server/model.ts';
import { drawnProperty, mapSettled } from '../helpers/browser.ts';
import { browserTests } from '../helpers/browser-tests.ts';
import type { RunningService } from '../helpers/service.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const year = '?from=2018-01-01&to=2018-12-31';
const asked = `${year}&compare=previous-year&resolution=9`;
const phone = { width: 390, height: 844 };

let service: RunningService;
let page: Page;
let complaints: string[];

browserTests({ width: 1440, height: 900 }, (opened) => {
  ({ service, page, complaints } = opened);
});

async function open(query: string): Promise<void> {
  await page.goto(`${service.url}/${query}`);
  await mapSettled(page);
}

async function ask<T>(path: string): Promise<T> {
  const response = await fetch(`${service.url}${path}`);
  return (await response.json()) as T;
}

const key = () => page.getByRole('region', { name: 'Map key' });
const card = () => page.getByRole('region', { name: 'Selected place' });
const firstHotspot = () => page.locator('.ranked tbody tr').first();

describe('the measure', () => {
  test('is switched in the key, lives in the URL, and the map draws the classes of the API', async () => {
    await open(year);
    await key().getByLabel('Measure').selectOption('giStar');
    await mapSettled(page);
    expect(page.url()).toContain('measure=giStar');
    const { cells } = await ask<Cells>(`/api/cells${asked}&measures=giStar`);
    const expected = new Map(cells.map(({ cell, giStarClass }) => [cell, giStarClass]));
    const drawn = await drawnProperty(page, 'giStarClass');
    expect(drawn.size).toBe(expected.size);
    for (const [cell, name] of drawn) expect([cell, name]).toEqual([cell, expected.get(cell)]);

    await page.goBack();
    await mapSettled(page);
    expect(page.url()).not.toContain('measure');
    expect(await key().textContent()).toContain('Incidents per hexagon');
  });

  test.each([
    ['density', 'Density, incidents per km²'],
    ['change', 'More than chance'],
    ['emerging', 'History of each hexagon'],
    ['localMoran', 'Hexagons like or unlike their neighbours'],
  ])('%s is drawn and explained', async (measure, text) => {
    await open(`${year}&measure=${measure}&list=cells`);
    expect(await key().textContent()).toContain(text);
    const property = measure === 'localMoran' ? 'quadrant' : measure;
    const { cells } = await ask<Cells>(`/api/cells${asked}&measures=${measure}`);
    const drawn = await drawnProperty(page, property);
    expect(drawn.size).toBe(cells.length);
    for (const cell of cells) expect(drawn.get(cell.cell)).toEqual(cell[property as 'density'] ?? undefined);
    expect(await page.locator('.ranked tbody tr').count()).toBe(25);
  });

  test('change is not on offer without a comparison, and the key says why', async () => {
    await open(`${year}&compare=none&measure=change`);
    expect(await key().textContent()).toContain('Counts are shown, because a change cannot be');
    expect(await page.getByRole('option', { name: 'Change', exact: true }).isDisabled()).toBe(true);
    await key().getByRole('button', { name: 'Compare with the year before' }).click();
    await mapSettled(page);
    expect(await key().textContent()).toContain('More than chance');
  });
});

describe('the legend of hot spots', () => {
  test('has seven classes with their sizes, names the correction and shows study and cautions', async () => {
    await open(`${year}&measure=giStar`);
    const { cells, study, notes } = await ask<Cells>(`/api/cells${asked}&measures=giStar`);
    const classes = await page
      .locator('.significance li')
      .evaluateAll((items) =>
        items.map((item) => [
          (item as HTMLElement).dataset.class ?? '',
          Number(item.querySelector('.scale-size')?.textContent?.replaceAll(',', '')),
        ]),
      );
    expect(classes).toHaveLength(7);
    for (const [name, size] of classes)
      expect([name, size]).toEqual([name, cells.filter(({ giStarClass }) => giStarClass === name).length]);
    expect(await page.locator('[data-correction]').textContent()).toBe(
      'Corrected for testing 1,035 cells at once: false discovery rate (Benjamini–Hochberg).',
    );
    expect(await key().locator('[data-study]').textContent()).toContain(
      `${study?.cells.toLocaleString('en-GB')} hexagons`,
    );
    const cautions = key().locator('.cautions');
    expect(await cautions.locator('.badge').textContent()).toBe(String(notes?.length));
    await cautions.locator('summary').click();
    expect(await cautions.locator('li').allTextContents()).toEqual(notes);
  });

  test('follows the correction and the source of p', async () => {
    await open(`${year}&measure=giStar`);
    await key().getByLabel('Correction').selectOption('bonferroni');
    await mapSettled(page);
    expect(page.url()).toContain('correction=bonferroni');
    expect(await page.locator('[data-correction]').textContent()).toContain('Bonferroni');
    await key().getByLabel('Source of p').selectOption('randomisation');
    await mapSettled(page);
    await key().getByText('random permutations, seed 1').waitFor();
    const { cells } = await ask<Cells>(`/api/cells${asked}&measures=giStar&correction=bonferroni&p=randomisation`);
    const hot = cells.filter(({ giStarClass }) => giStarClass === 'hot99').length;
    await expect
      .poll(() => page.locator('[data-class=hot99] .scale-size').textContent())
      .toBe(hot.toLocaleString('en-GB'));
  });
});

describe('hot spots', () => {
  test('are outlined with ranks and names, and can be switched off', async () => {
    await open(`${year}&measure=giStar`);
    const { hotspots } = await ask<Hotspots>(`/api/hotspots${asked}`);
    await expect.poll(outlined).toEqual(hotspots.map(({ rank, name }) => `${rank} ${name}`));
    await key().getByLabel('Outlines').uncheck();
    await expect.poll(outlined).toEqual([]);
    expect(page.url()).toContain('outlines=off');
  });

  test('and their list point at each other; choosing one moves the map and opens its card', async () => {
    await open(`${year}&measure=giStar&list=hotspots`);
    const { hotspots } = await ask<Hotspots>(`/api/hotspots${asked}`);
    const second = hotspots[1] as Hotspots['hotspots'][number];
    const row = page.locator('.ranked tbody tr').nth(1);
    expect(await row.textContent()).toContain(second.name);
    expect(await row.textContent()).toContain(`Hot in ${second.hotMonths} of the last ${second.months} months`);
    await row.hover();
    await expect.poll(() => marked('hovered')).toEqual([second.id]);
    const before = await centre();
    await row.click();
    await mapSettled(page);
    const after = await centre();
    const [lng = 0, lat = 0] = second.polygon.coordinates[0]?.[0]?.[0] ?? [];
    expect(Math.hypot(after.lng - before.lng, after.lat - before.lat)).toBeGreaterThan(0.005);
    expect(Math.hypot(after.lng - lng, after.lat - lat)).toBeLessThan(0.03);
    expect(page.url()).toContain(`place=hotspot:${second.id}`);
    expect(await card().textContent()).toContain(second.streets[0]?.name ?? '');
    expect(await card().textContent()).toContain(second.categories[0]?.name ?? '');

    await page.mouse.move(10, 10);
    const { x, y } = await labelPoint(second.id);
    await page.mouse.move(x, y);
    await expect.poll(() => row.getAttribute('class')).toContain('hovered');
  });

  test('are ranked by z and looked for by night on request', async () => {
    await open(`${year}&measure=giStar&list=hotspots`);
    await page.getByRole('button', { name: 'Night', exact: true }).last().click();
    await page.getByRole('button', { name: 'z', exact: true }).click();
    const { hotspots } = await ask<Hotspots>(`/api/hotspots${asked}&period=night&rank=z`);
    await expect
      .poll(() => page.locator('.ranked tbody .number:nth-child(3)').allTextContents())
      .toEqual(hotspots.map(({ count }) => count.toLocaleString('en-GB')));
    expect(page.url()).toContain('rank=z');
  });

  test('say what it means when there are none', async () => {
    await open('?from=2018-01-01&to=2018-12-31&categories=fire.primary&p=randomisation&measure=giStar&list=hotspots');
    await page.getByText('No significant concentration under this filter').waitFor();
  });

  test('tell a refusal in the words of the service', async () => {
    await open(`${year}&hours=9-11&measure=giStar&list=hotspots&period=night`);
    await page.getByText('none of the hours asked for lies in the night').waitFor();
    // The browser itself writes the refused request to its console.
    complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes('400')));
  });
});

describe('for everyone', () => {
  test.each([
    ['hot spots with a card', `${year}&measure=giStar&list=hotspots&place=hotspot:first`, undefined],
    ['changes', `${year}&measure=change&list=cells`, undefined],
    ['emerging', `${year}&measure=emerging&list=cells`, undefined],
    ['densities', `${year}&measure=density&list=cells`, undefined],
    ['hot spots on a phone', `${year}&measure=giStar`, phone],
    ['the list on a phone', `${year}&measure=giStar&list=hotspots&sheet=figures`, phone],
  ])('axe finds nothing: %s', async (_, query, viewport) => {
    if (viewport) await page.setViewportSize(viewport);
    const { hotspots } = await ask<Hotspots>(`/api/hotspots${asked}`);
    await open(query.replace('hotspot:first', `hotspot:${hotspots[0]?.id}`));
    for (const summary of await page.locator('.cautions summary').all())
      if (await summary.isVisible()) await summary.click();
    await page.waitForTimeout(400);
    await page.evaluate(axeSource);
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
      return (await axe.run()).violations;
    });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
  });

  test('the keyboard reaches the measure, the list and a hot spot', async () => {
    await open(year);
    await key().getByLabel('Measure').focus();
    await page.keyboard.press('ArrowDown');
    await mapSettled(page);
    expect(page.url()).toContain('measure=giStar');
    await page.getByRole('tab', { name: 'Wards' }).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await firstHotspot().waitFor();
    const { hotspots } = await ask<Hotspots>(`/api/hotspots${asked}`);
    await page.locator('.row-button', { hasText: hotspots[0]?.name ?? '' }).focus();
    await expect.poll(() => marked('hovered')).toEqual([hotspots[0]?.id]);
    await page.keyboard.press('Enter');
    await card().waitFor();
    expect(await card().textContent()).toContain('Hot spot 1');
  });
});

type Violation = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };

/** The labels of the outlined hot spots, by rank. */
async function outlined(): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const { map } = document.querySelector('[data-map]') as MapElement;
    const features = map?.querySourceFeatures('hotspot-labels') ?? [];
    return features.map(({ properties }) => `${properties.rank} ${properties.name}`);
  });
  return [...new Set(texts)].sort();
}

async function marked(mark: string): Promise<string[]> {
  const ids = await page.evaluate((name) => {
    const { map } = document.querySelector('[data-map]') as MapElement;
    const features = map?.querySourceFeatures('marks') ?? [];
    return features.filter(({ properties }) => properties.mark === name).map(({ properties }) => properties.hotspot);
  }, mark);
  return [...new Set(ids)];
}

async function centre(): Promise<{ lng: number; lat: number }> {
  return page.evaluate(() => {
    const { map } = document.querySelector('[data-map]') as MapElement;
    const { lng, lat } = map?.getCenter() ?? { lng: 0, lat: 0 };
    return { lng, lat };
  });
}

/** The point of the page at the number of a hot spot. */
async function labelPoint(id: string): Promise<{ x: number; y: number }> {
  return page.evaluate((wanted) => {
    const element = document.querySelector('[data-map]') as MapElement;
    const frame = element.getBoundingClientRect();
    const found = element.map?.querySourceFeatures('hotspot-labels').find(({ properties }) => properties.id === wanted);
    const [lng = 0, lat = 0] = (found?.geometry as GeoJSON.Point | undefined)?.coordinates ?? [];
    const point = element.map?.project([lng, lat]) ?? { x: 0, y: 0 };
    return { x: frame.left + point.x, y: frame.top + point.y };
  }, id);
}
