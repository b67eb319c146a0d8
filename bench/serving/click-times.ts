import type { Page } from 'playwright-core';
import type { MapElement } from '../../client/map/hotspot-map.ts';

/** Milliseconds after a click. */
export type ClickTimes = {
  /** The counts of the hexagons had arrived. */
  readonly answered: number;
  /** The map had given its orders for the first frame with the new picture. */
  readonly painted: number;
  /** That frame was drawn. */
  readonly finished: number;
};

/** Times what follows the next click in the page, until the map shows another picture. */
export function timeNextClick(page: Page): Promise<ClickTimes> {
  return page.evaluate(
    () =>
      new Promise<ClickTimes>((resolve) => {
        const { map, picture } = document.querySelector('[data-map]') as MapElement;
        let before: unknown;
        let clicked = Number.POSITIVE_INFINITY;
        performance.clearResourceTimings();
        // functions without names: what compiles this file for Node gives named ones a helper that the page does not have
        const rendering = map?.on('render', () => {
          if (clicked === Number.POSITIVE_INFINITY || picture?.() === before) return;
          rendering?.unsubscribe();
          const painted = performance.now() - clicked;
          const context = map?.getCanvas().getContext('webgl2');
          context?.readPixels(0, 0, 1, 1, context.RGBA, context.UNSIGNED_BYTE, new Uint8Array(4));
          const finished = performance.now() - clicked;
          const answers = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
          const counts = answers.find(({ name }) => name.includes('/api/cells?'));
          resolve({ answered: (counts?.responseEnd ?? Number.NaN) - clicked, painted, finished });
        });
        document.addEventListener(
          'click',
          () => {
            before = picture?.();
            clicked = performance.now();
          },
          { capture: true, once: true },
        );
      }),
  );
}
