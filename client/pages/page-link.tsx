import type { ComponentChildren } from 'preact';
import { addressOf, navigate, pageChange } from '../state.ts';
import type { PageName, View } from '../view.ts';

type Props = {
  readonly page: PageName;
  /** What else the link changes. */
  readonly change?: Partial<View>;
  readonly current?: boolean;
  readonly class?: string;
  readonly children: ComponentChildren;
};

/** A link to another page that keeps the view of the map; it opens without loading the page anew. */
export function PageLink({ page, change, current = false, children, ...rest }: Props) {
  const whole = { ...pageChange(page), ...change };
  const open = (event: MouseEvent) => {
    // A click for another tab or window is the browser's.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(whole);
  };
  return (
    <a href={addressOf(whole)} aria-current={current ? 'page' : undefined} onClick={open} {...rest}>
      {children}
    </a>
  );
}
