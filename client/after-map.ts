import { effect } from '@preact/signals';
import { cells } from './data.ts';

/** Longer than a map takes to show a filter: a statistic may take seconds, and charts do not wait for it. */
const longestWaitMilliseconds = 400;

/** Waits until the hexagons asked for are here and painted: the eye is on the map first. */
export async function afterMap(): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, longestWaitMilliseconds);
    const stop = effect(() => {
      if (cells.state.value.loading) return;
      clearTimeout(timer);
      resolve();
    });
    setTimeout(stop, longestWaitMilliseconds);
  });
  // A frame for the map to paint in; where no frames are drawn, in a tab behind others, a moment.
  await new Promise<void>((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, longestWaitMilliseconds);
  });
}
