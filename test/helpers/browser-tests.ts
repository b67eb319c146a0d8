import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type RunningService, startService } from './service.ts';

/** What each browser test has: the real service with the demo, and a page of its own. */
export type Opened = {
  readonly service: RunningService;
  readonly page: Page;
  /** Errors that the page has logged or thrown; a test takes out those it expects. */
  readonly complaints: string[];
};

/**
 * Sets up the browser tests of a file: one service and one browser for all, a page for each, given to `begin`. A test
 * fails when its page complains, unless the file is about pages that have reason to.
 */
export function browserTests(
  viewport: { readonly width: number; readonly height: number },
  begin: (opened: Opened) => Promise<void> | void,
  { mayComplain = false } = {},
): void {
  let service: RunningService;
  let browser: Browser;
  let opened: Opened;

  beforeAll(async () => {
    [service, browser] = await Promise.all([startService(), launchBrowser()]);
  });

  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  beforeEach(async () => {
    const page = await browser.newPage({ viewport, locale: 'en-GB' });
    opened = { service, page, complaints: [] };
    page.on('pageerror', (error) => opened.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') opened.complaints.push(message.text());
    });
    await begin(opened);
  });

  afterEach(async () => {
    await opened.page.close();
    if (!mayComplain) expect(opened.complaints).toEqual([]);
  });
}
