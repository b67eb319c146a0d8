import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Violation = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };

/** What axe finds wrong with a page, each with the elements it is about. */
export async function violationsOn(page: Page): Promise<string[]> {
  // Contrast is measured on colours at rest, not halfway through a fade.
  await page.waitForTimeout(400);
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    return (await axe.run()).violations;
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

/** Presses Tab until the focus is where it should be; the focus must be visible at every stop. */
export async function tabTo(page: Page, isThere: () => boolean): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    if (await page.evaluate(isThere)) return;
    await page.keyboard.press('Tab');
    const unmarked = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body || getComputedStyle(focused).outlineStyle !== 'none') return null;
      return focused.outerHTML.slice(0, 120);
    });
    expect(unmarked).toBeNull();
  }
  throw new Error(`150 presses of Tab did not reach ${isThere}`);
}
