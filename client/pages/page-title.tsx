import { useEffect, useRef } from 'preact/hooks';

type Props = { readonly text: string; readonly hidden?: boolean };

/** Whether a page has been shown already: the first leaves the focus where the browser puts it. */
let opened = false;

/** The heading of a page; whoever comes from another page has the focus on it. */
export function PageTitle({ text, hidden = false }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = text === 'Hotspot map' ? text : `${text} – Hotspot map`;
    if (opened) heading.current?.focus({ preventScroll: true });
    opened = true;
  }, [text]);
  return (
    <h1 ref={heading} tabIndex={-1} class={hidden ? 'visually-hidden' : undefined}>
      {text}
    </h1>
  );
}
