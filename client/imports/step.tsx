import type { ComponentChildren } from 'preact';
import { FocusHeading } from './focus-heading.tsx';

type Props = {
  readonly number: number;
  readonly id: string;
  readonly title: string;
  /** What must be done before; the step then shows nothing else. */
  readonly waitsFor?: string | null;
  readonly children?: ComponentChildren;
};

/** One step of the way from a file to the map. */
export function Step({ number, id, title, waitsFor, children }: Props) {
  return (
    <section class={waitsFor ? 'step waiting' : 'step'} aria-labelledby={id}>
      <FocusHeading id={id} level={2}>
        <span class="step-number">{number}</span> {title}
      </FocusHeading>
      {waitsFor ? <p class="muted">{waitsFor}</p> : children}
    </section>
  );
}
