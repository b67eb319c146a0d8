import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fillPage } from '../../scripts/fill-reading-the-statistics.ts';
import type { TestService } from '../helpers/service.ts';

const page = readFileSync(new URL('../../docs/reading-the-statistics.md', import.meta.url), 'utf8');

/** The page for analysts, whose numbers are the demo's. */
export function readingTheStatistics(service: () => TestService): void {
  it('docs/reading-the-statistics.md holds the numbers that the service gives (npm run docs)', async () => {
    expect(await fillPage(page, service().get)).toBe(page);
    expect(page).not.toMatch(/NaN|undefined|null/);
  });

  it('docs/reading-the-statistics.md begins no line of text with a mark, which would tear its paragraph apart', () => {
    expect(page.split('\n').filter((line) => /^<!--[^/].*<!--\/-->/.test(line))).toEqual([]);
  });
}
