import { type ReadonlySignal, signal } from '@preact/signals';

/** A media query as a signal. */
export function mediaSignal(query: string): ReadonlySignal<boolean> {
  const media = window.matchMedia(query);
  const matches = signal(media.matches);
  media.addEventListener('change', () => {
    matches.value = media.matches;
  });
  return matches;
}
