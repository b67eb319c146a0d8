import type { ComponentChildren } from 'preact';

type Props = { readonly class: string; readonly label: string; readonly children: ComponentChildren };

/** A part of a page that scrolls inside its frame, most often a table, and can be scrolled from the keyboard. */
export function ScrollRegion({ class: className, label, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class={className} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
