import type { ComponentChildren } from 'preact';

type Props = { readonly label: string; readonly children: ComponentChildren };

/** A table that scrolls inside its frame and can be scrolled from the keyboard. */
export function ScrollTable({ label, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="scroll-table" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
