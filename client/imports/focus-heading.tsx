import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** The heading that gets the focus as soon as it is on the page. */
const wanted = signal<string | null>(null);

/** Moves the focus to a heading: the next step has begun there. */
export function focusHeading(id: string): void {
  wanted.value = id;
}

type Props = { readonly id: string; readonly level?: 2 | 3; readonly children: ComponentChildren };

/** A heading that can be given the focus. */
export function FocusHeading({ id, level = 3, children }: Props) {
  const element = useRef<HTMLHeadingElement>(null);
  const isWanted = wanted.value === id;
  useEffect(() => {
    if (!isWanted) return;
    wanted.value = null;
    element.current?.focus({ preventScroll: true });
    element.current?.scrollIntoView({ block: 'nearest' });
  }, [isWanted]);
  const Level = `h${level}` as 'h2' | 'h3';
  return (
    <Level id={id} ref={element} tabIndex={-1}>
      {children}
    </Level>
  );
}
