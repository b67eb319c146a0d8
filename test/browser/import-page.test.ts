import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tabTo, violationsOn } from '../helpers/accessibility.ts';
import { mapSettled, totalShown } from '../helpers/browser.ts';
import { browserTests } from '../helpers/browser-tests.ts';
import { councilLog, nightLogProfile } from '../helpers/council-log.ts';
import { zipOf } from '../helpers/pack-files.ts';
import type { RunningService } from '../helpers/service.ts';

let service: RunningService;
let page: Page;
let complaints: string[];
let folder: string;

browserTests({ width: 1280, height: 900 }, async (opened) => {
  ({ service, page, complaints } = opened);
  page.setDefaultTimeout(40_000);
  const response = await fetch(`${service.url}/api/profiles/night-log`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(nightLogProfile),
  });
  expect(response.status).toBe(200);
});

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotspot-page-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function writeFile(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const waitForFocusOn = (text: string) =>
  page.waitForFunction((wanted) => document.activeElement?.textContent?.startsWith(wanted), text);

/** Presses Tab until the focus is on a control with a text or a label, then a key. */
async function press(name: string, key = 'Enter'): Promise<void> {
  await page.evaluate((wanted) => {
    document.documentElement.dataset.wanted = wanted;
  }, name);
  await tabTo(page, () => {
    const focused = document.activeElement;
    const wanted = document.documentElement.dataset.wanted ?? '';
    const label = focused?.closest('label')?.textContent ?? '';
    return [focused?.textContent, focused?.getAttribute('aria-label'), label].some((text) => text?.startsWith(wanted));
  });
  if (key) await page.keyboard.press(key);
}

async function chooseByKeyboard(path: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await press('Choose a file');
  await (await chooser).setFiles(path);
}

async function chooseFile(path: string): Promise<void> {
  await page.goto(`${service.url}/?page=import`);
  await page.getByRole('heading', { name: 'Import a file' }).waitFor();
  await page.locator('input[type=file]').setInputFiles(path);
}

const firstRows = () => page.getByRole('heading', { name: 'First rows' }).waitFor();

async function tryAndImport(): Promise<void> {
  await page.getByRole('button', { name: 'Run the trial' }).click();
  await page.getByRole('heading', { name: 'What the trial run found' }).waitFor();
  await page.getByRole('button', { name: /^Import \d/ }).click();
  await page.getByRole('heading', { name: /is in$/ }).waitFor();
}

describe('a file is brought to the map', () => {
  test('by the keyboard alone, and axe finds nothing on the way', { timeout: 180_000 }, async () => {
    await page.goto(`${service.url}/?hours=4`);
    await mapSettled(page);
    await press('Import');
    await waitForFocusOn('Import a file');
    expect(new URL(page.url()).search).toMatch(/^\?page=import&hours=4&at=/);
    expect(await page.title()).toContain('Import a file');
    expect(await violationsOn(page)).toEqual([]);

    await chooseByKeyboard(writeFile('Council ASB log.csv', councilLog()));
    await waitForFocusOn('First rows');
    expect(await page.getByRole('region', { name: 'First rows of the file' }).getByRole('row').count()).toBe(9);
    expect(await page.getByRole('combobox', { name: 'What happened', exact: true }).inputValue()).toBe('ASB type');
    expect(await page.locator('.field-aside').allTextContents()).toContainEqual(
      expect.stringContaining('03/04/2023 14:05 is 3 April 2023 at 14:05'),
    );
    expect(await violationsOn(page)).toEqual([]);

    await press('Run the trial');
    await waitForFocusOn('What the trial run found');
    const trial = page.getByRole('region', { name: 'Trial run' });
    expect(await trial.textContent()).toContain('61 rows read: 60 would be accepted, 1 would be rejected.');
    expect(await trial.getByRole('row', { name: /there is no day 31 in 2023-02/ }).textContent()).toContain('62');
    expect(await trial.locator('[data-unknown-words]').textContent()).toContain('1 word has no category yet (6 rows)');
    await page.locator('.points-map canvas').waitFor();
    expect(await violationsOn(page)).toEqual([]);

    await press('Category of “Zorbing in the park”', '');
    await page.keyboard.type('behav nuis');
    expect(await violationsOn(page)).toEqual([]);
    await page.keyboard.press('Enter');
    expect(await trial.locator('[data-unknown-words]').textContent()).toBe('Every word has its category.');

    await press('Import 60 incidents');
    await waitForFocusOn('Council ASB log.csv is in');
    const step = page.getByRole('region', { name: '4 Import' });
    expect(await step.textContent()).toContain('61 rows read: 60 accepted, 1 rejected.');
    expect(await violationsOn(page)).toEqual([]);

    await press('Name of the profile', '');
    await page.keyboard.type('Council ASB log');
    await page.keyboard.press('Enter');
    await page.getByText('The profile “Council ASB log” is saved.').waitFor();
    await press('See it on the map');
    await waitForFocusOn('Hotspot map');
    await mapSettled(page);
    await expect.poll(() => totalShown(page), { timeout: 20_000 }).toBe(60);
  });

  test('without any mapping where a saved profile fits, and a second time changes nothing', {
    timeout: 180_000,
  }, async () => {
    for (const figures of ['Added60', 'As before60']) {
      await chooseFile(writeFile('Night log.csv', councilLog('Log number')));
      await page.getByText('This file fits a saved profile').waitFor();
      expect(await page.getByRole('radio', { name: 'Night log' }).isChecked()).toBe(true);
      expect(await page.getByRole('combobox', { name: 'What happened', exact: true }).isVisible()).toBe(false);
      await tryAndImport();
      expect(await page.locator('.figures').textContent()).toContain(figures);
    }
  });

  test('one after another out of a zip of months, those like the first', { timeout: 180_000 }, async () => {
    const month = (number: number) => councilLog('Log number').replaceAll('/04/2023', `/0${number}/2024`);
    const archive = zipOf({
      '2024-01/2024-01-log.csv': month(1).replaceAll(/\nC/g, '\nJ'),
      '2024-02/2024-02-log.csv': month(2).replaceAll(/\nC/g, '\nF'),
      '2024-02/2024-02-notes.csv': 'a,b\n1,2\n',
      '2024-03/2024-03-log.csv': 'a,b\n1,2\n',
    });
    await chooseFile(writeFile('logs.zip', archive));
    await page.getByText('This file fits a saved profile').waitFor();
    await tryAndImport();
    expect(await page.getByText('The zip holds 2 more files like this one').textContent()).toContain(
      '2024-02-log.csv and 2024-03-log.csv',
    );
    await page.getByRole('button', { name: 'Import the other 2 the same way' }).click();
    await waitForFocusOn('1 of 2 other files are in');
    const rows = await page.getByRole('region', { name: 'The other files' }).getByRole('row').allTextContents();
    expect(rows[1]).toContain('60 added');
    expect(rows[2]).toMatch(/2024-03-log.csv.*lacks/);
    expect(await violationsOn(page)).toEqual([]);
  });

  test('and is on the way back, with its effect told before', { timeout: 120_000 }, async () => {
    const other = councilLog('Log number').replaceAll(/^C/gm, 'D').replaceAll('/04/2023', '/05/2023');
    await chooseFile(writeFile('May.csv', other));
    await firstRows();
    await tryAndImport();
    const list = page.getByRole('region', { name: 'Imports so far' });
    await list.getByText('May.csv', { exact: true }).first().waitFor();
    await press('Remove…');
    await waitForFocusOn('Remove May.csv?');
    await list.getByText('60 incidents go.').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await press('Keep it');
    await waitForFocusOn('Remove…');
    await page.keyboard.press('Enter');
    await list.getByText('60 incidents go.').waitFor();
    await press('Remove the import');
    await waitForFocusOn('Imports so far');
    expect(await list.getByRole('status').textContent()).toContain('May.csv was removed: 60 incidents taken away');
    await list.getByText(/^Removed on/).waitFor();
    expect(await violationsOn(page)).toEqual([]);
  });
});

describe('what goes wrong is told where it went wrong', () => {
  test('a file of another kind', async () => {
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 1, 2, 3, 0, 255, 254, 3]);
    await chooseFile(writeFile('photo.csv', png));
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('photo.csv cannot be used');
    expect(await page.getByRole('button', { name: 'Choose a file' }).isVisible()).toBe(true);
    expect(await violationsOn(page)).toEqual([]);
    expect(complaints.splice(0)).toEqual([expect.stringContaining('400')]);
  });

  test('a mapping that lacks something, tied to its field', async () => {
    await chooseFile(writeFile('words.csv', councilLog('Case no')));
    await firstRows();
    await page.getByRole('textbox', { name: 'Name of the source' }).fill(' ');
    await page.getByRole('button', { name: 'Run the trial' }).click();
    await page.getByRole('alert').waitFor();
    const field = page.getByRole('textbox', { name: 'Name of the source' });
    await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    const described = await field.getAttribute('aria-describedby');
    expect(await page.locator(`#${described}`).textContent()).toContain('Give the source a name');
    expect(await violationsOn(page)).toEqual([]);
  });

  test('a file that is called back on its way', async () => {
    await page.route('**/api/uploads?*', () => {});
    await chooseFile(writeFile('long.csv', councilLog()));
    expect(await page.getByRole('progressbar', { name: /^Sending long.csv/ }).count()).toBe(1);
    await page.getByRole('button', { name: 'Cancel sending' }).click();
    await waitForFocusOn('1 File');
    expect(await page.getByRole('button', { name: 'Choose a file' }).isVisible()).toBe(true);
  });

  test('an import that is called off before its name is known', async () => {
    await chooseFile(writeFile('off.csv', councilLog()));
    await firstRows();
    await page.getByRole('button', { name: 'Run the trial' }).click();
    await page.getByRole('heading', { name: 'What the trial run found' }).waitFor();
    // The real service is too quick to be called off: one that answers when it is let.
    const job = { job: 'j', state: 'running', rowsRead: 0, share: 0, error: null, trial: null, import: null };
    const answer = (status: number, body: object) => ({
      status,
      contentType: 'application/json',
      body: JSON.stringify(body),
    });
    let letAnswer = () => {};
    const allowed = new Promise<void>((resolve) => {
      letAnswer = resolve;
    });
    const calledOff: string[] = [];
    await page.route('**/api/jobs/*', (route) => {
      const isEnd = route.request().method() === 'DELETE';
      if (isEnd) calledOff.push(route.request().url());
      return route.fulfill(answer(200, { ...job, state: isEnd ? 'running' : 'failed', error: 'called off' }));
    });
    await page.route('**/api/imports', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      await allowed;
      return route.fulfill(answer(202, job));
    });
    await page.getByRole('button', { name: /^Import \d/ }).click();
    await page.getByRole('button', { name: 'Cancel the import' }).click();
    await page.getByRole('button', { name: 'Cancelling' }).waitFor();
    letAnswer();
    await page.getByText('The import was cancelled. Nothing of it is stored.').waitFor();
    expect(calledOff).toHaveLength(1);
  });
});

describe('a phone 390 px wide', () => {
  test('shows the whole way with nothing cut off and no small targets', { timeout: 120_000 }, async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await chooseFile(writeFile('phone.csv', councilLog('Case no')));
    await firstRows();
    await page.getByRole('button', { name: 'Run the trial' }).click();
    await page.getByRole('heading', { name: 'What the trial run found' }).waitFor();
    const faults = await page.evaluate(() => {
      const seen = [...document.querySelectorAll<HTMLElement>('button, select, summary, label, input, h2, h3, nav a')]
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 1)
        .filter((element) => !element.closest('.scroll-table, .points-map, .skip-link'));
      const small = seen.filter(
        (element) => element.matches('button, select, summary, label:has(input), nav a') && element.offsetHeight < 24,
      );
      const cut = seen.filter((element) => element.getBoundingClientRect().right > innerWidth + 1);
      return [...small, ...cut].map((element) => element.outerHTML.slice(0, 100));
    });
    expect(faults).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    // only the page below the header scrolls: a second scroll bar would push it out of sight
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(844);
  });
});
