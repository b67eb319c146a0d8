import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { formatMonth } from '../format.ts';
import { isNarrow } from '../state.ts';
import {
  fetched,
  type Player,
  player,
  setSpeed,
  showMonth,
  speed,
  speeds,
  stopPlaying,
  togglePlaying,
} from './month-player.ts';

/** Over the map while months are played: which month it is, and every way to move among them. */
export function MonthBar() {
  const now = player.value;
  return now && now.phase !== 'ending' ? <Bar now={now} /> : null;
}

function Bar({ now }: { readonly now: Player }) {
  const { months, index, pictures, problem } = now;
  const month = formatMonth(months[index] as string);
  return (
    <section class="month-bar" aria-label="Months on the map">
      <div class="month-row">
        <Buttons now={now} />
        <p class="month-name" data-month={months[index]}>
          {pictures ? month : (problem ?? `Fetching ${fetched.value} of ${months.length} months`)}
        </p>
        <button type="button" class="icon-button" aria-label="Stop, back to all dates chosen" onClick={stopPlaying}>
          <Icon path="M3 3l10 10M13 3L3 13" stroked />
        </button>
      </div>
      <div class="month-row">
        <input
          type="range"
          aria-label="Month"
          aria-valuetext={month}
          min={0}
          max={months.length - 1}
          value={index}
          disabled={!pictures}
          onInput={(event) => showMonth(event.currentTarget.valueAsNumber, false)}
          onChange={(event) => showMonth(event.currentTarget.valueAsNumber)}
        />
        <SpeedChoice />
      </div>
      <Announcement now={now} />
    </section>
  );
}

function Buttons({ now: { phase, index, months, pictures } }: { readonly now: Player }) {
  const toggle = useRef<HTMLButtonElement>(null);
  // On a narrow screen the button that was pressed has gone with its sheet.
  useEffect(() => {
    if (isNarrow.peek()) toggle.current?.focus();
  }, []);
  const playing = phase === 'playing';
  return (
    <>
      <StepButton label="Month before" disabled={!pictures || index === 0} onClick={() => showMonth(index - 1)}>
        <Icon path="M12 3v10L5 8zM3 3h1.75v10H3z" />
      </StepButton>
      <button
        type="button"
        class="step-button"
        ref={toggle}
        aria-label={playing ? 'Pause months' : 'Play months'}
        onClick={togglePlaying}
      >
        <Icon path={playing ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4 2.5v11L13 8z'} />
      </button>
      <StepButton
        label="Month after"
        disabled={!pictures || index === months.length - 1}
        onClick={() => showMonth(index + 1)}
      >
        <Icon path="M4 3v10l7-5zM11.25 3H13v10h-1.75z" />
      </StepButton>
    </>
  );
}

type StepProps = {
  readonly label: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
  readonly children: ComponentChildren;
};

/** At the first and the last month it does nothing, but keeps the focus. */
function StepButton({ label, disabled, onClick, children }: StepProps) {
  return (
    <button
      type="button"
      class="step-button"
      aria-label={label}
      aria-disabled={disabled}
      onClick={disabled ? undefined : onClick}
    >
      {children}
    </button>
  );
}

function SpeedChoice() {
  return (
    <select
      class="select compact"
      aria-label="Speed"
      value={String(speed.value)}
      onChange={(event) => setSpeed(Number(event.currentTarget.value))}
    >
      {speeds.map((one) => (
        <option key={one} value={String(one)}>
          {one} a second
        </option>
      ))}
    </select>
  );
}

/** Says the month when it rests: at ten a second nobody could listen. */
function Announcement({ now: { phase, index, months, pictures, problem } }: { readonly now: Player }) {
  const text =
    phase === 'paused' ? formatMonth(months[index] as string) : pictures ? 'Playing months' : 'Fetching months';
  return (
    <p class="visually-hidden" role="status">
      {problem ?? text}
    </p>
  );
}

type IconProps = { readonly path: string; readonly stroked?: boolean };

function Icon({ path, stroked = false }: IconProps) {
  const paint = stroked ? { fill: 'none', stroke: 'currentColor', 'stroke-width': '1.75' } : { fill: 'currentColor' };
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={path} {...paint} />
    </svg>
  );
}
