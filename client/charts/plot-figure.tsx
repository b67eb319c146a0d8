import type * as Plot from '@observablehq/plot';
import { useEffect, useRef } from 'preact/hooks';
import { afterMap } from '../after-map.ts';

type PlotModule = typeof Plot;

type Props<T> = {
  /** What the chart shows, in one sentence, for those who do not see it. */
  readonly label: string;
  readonly height: number;
  readonly options: (plot: PlotModule, width: number) => Plot.PlotOptions;
  /** What the options are made from: the chart is drawn again when one of these changes. */
  readonly inputs: readonly unknown[];
  readonly onPick?: (datum: T) => void;
};

/** An Observable Plot figure; the library is loaded with the first chart. */
export function PlotFigure<T>({ label, height, options, inputs, onPick }: Props<T>) {
  const element = useRef<HTMLDivElement>(null);
  // `inputs` stands for all that `options` and `onPick` close over.
  useEffect(() => {
    let gone = false;
    const draw = async () => {
      const plot = await import('@observablehq/plot');
      await afterMap();
      const target = element.current;
      if (gone || !target) return;
      const figure = plot.plot({
        ...options(plot, target.clientWidth),
        width: target.clientWidth,
        height,
      });
      // The element around it is the image; the marks inside say nothing one could use.
      figure.setAttribute('aria-hidden', 'true');
      if (onPick)
        figure.addEventListener('click', () => {
          if (figure.value !== null && figure.value !== undefined) onPick(figure.value as T);
        });
      target.replaceChildren(figure);
    };
    void draw();
    return () => {
      gone = true;
    };
  }, inputs);
  return (
    <div
      class={onPick ? 'plot pickable' : 'plot'}
      ref={element}
      role="img"
      aria-label={label}
      style={{ minHeight: `${height}px` }}
    />
  );
}
