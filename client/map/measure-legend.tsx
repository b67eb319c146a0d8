import { formatChange, formatCount, formatDensity, formatLength } from '../format.ts';
import type { ChangeClass } from '../measures/change-classes.ts';
import type { DensityClass } from '../measures/density-classes.ts';
import { type NamedClass, restOf, type StatisticScale } from '../measures/measure-scale.ts';
import type { ShownPicture } from './map-signals.ts';
import { classColours, neutralCell } from './palette.ts';

type Picture = Extract<ShownPicture, { kind: 'hexagons' }>;
type Props = { readonly picture: Picture; readonly scale: StatisticScale };

/** The classes of a statistic: what each colour means, and how many hexagons have it. */
export function MeasureLegend({ picture, scale }: Props) {
  const { answer } = picture;
  switch (scale.kind) {
    case 'giStar':
      return <SignificanceScale classes={scale.classes} />;
    case 'density':
      return <DensityScale classes={scale.classes} bandwidth={answer.study?.bandwidthMetres ?? null} />;
    case 'change':
      return <ChangeScale classes={scale.classes} />;
    case 'emerging':
      return (
        <NamedClasses
          title="History of each hexagon"
          classes={scale.classes}
          rest={`No pattern: ${restOf(scale, answer.size)}`}
        />
      );
    case 'localMoran':
      return (
        <NamedClasses
          title="Hexagons like or unlike their neighbours"
          classes={scale.classes}
          rest={`Neither: ${restOf(scale, answer.size)}`}
        />
      );
  }
}

function SignificanceScale({ classes }: { readonly classes: readonly NamedClass[] }) {
  return (
    <>
      <p class="legend-title">
        Hot and cold spots <span class="muted">(Getis–Ord Gi*)</span>
      </p>
      <p class="scale-ends" aria-hidden="true">
        <span>Cold</span>
        <span>Hot</span>
      </p>
      <ol class="scale significance" aria-label="Classes of significance, cold to hot">
        {classes.map(({ key, label, colour, size }) => (
          <li key={key} data-class={key}>
            <span class="scale-colour" style={{ background: colour }} />
            <span class="visually-hidden">{key === 'none' ? '' : key.startsWith('hot') ? 'hot ' : 'cold '}</span>
            <span class="scale-bounds">{label}</span> <span class="scale-size">{formatCount(size)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

type DensityProps = { readonly classes: readonly DensityClass[]; readonly bandwidth: number | null };

function DensityScale({ classes, bandwidth }: DensityProps) {
  const colours = classColours(classes.length);
  return (
    <>
      <p class="legend-title">
        Density, incidents per km²{' '}
        {bandwidth !== null && <span class="muted">(kernel reaching {formatLength(bandwidth)})</span>}
      </p>
      <ol class="scale edges" aria-label="Classes of density">
        {classes.map(({ from, to, size }, index) => (
          <li key={from} title={`${formatCount(size)} hexagons`}>
            <span class="scale-colour" style={{ background: colours[index] }} />
            <span class="scale-bounds">
              {formatDensity(from)}
              <span class="visually-hidden"> to </span>
              <span class={index < classes.length - 1 ? 'visually-hidden' : 'last-bound'}>{formatDensity(to)}</span>
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

function ChangeScale({ classes }: { readonly classes: readonly ChangeClass[] }) {
  if (classes.length === 0) return <p class="legend-title">No hexagon changed.</p>;
  return (
    <>
      <table class="change-scale">
        <caption>Change per hexagon, and how many hexagons</caption>
        <thead>
          <tr>
            <th scope="col">Change</th>
            <th scope="col">More than chance</th>
            <th scope="col">May be chance</th>
          </tr>
        </thead>
        <tbody>
          {classes.map(({ sign, from, to, sure, unsure, colour, pale }) => (
            <tr key={`${sign} ${from}`}>
              <th scope="row">
                {from === to ? formatChange(sign * from) : `${formatChange(sign * from)} to ${formatChange(sign * to)}`}
              </th>
              <td>
                <Swatch colour={colour} /> {formatCount(sure)}
              </td>
              <td>
                <Swatch colour={pale} /> {formatCount(unsure)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="note">
        More than chance: q at most 0.05 (false discovery rate over all hexagons). The others are pale.
      </p>
    </>
  );
}

type NamedProps = { readonly title: string; readonly classes: readonly NamedClass[]; readonly rest: string };

function NamedClasses({ title, classes, rest }: NamedProps) {
  return (
    <>
      <p class="legend-title">{title}</p>
      <ul class="class-list">
        {classes.map(({ key, label, note, colour, size }) => (
          <li key={key} data-class={key}>
            <Swatch colour={colour} />
            <span>
              {label}: {formatCount(size)} <span class="muted">{note}</span>
            </span>
          </li>
        ))}
        <li>
          <Swatch colour={neutralCell} />
          <span>{rest}</span>
        </li>
      </ul>
    </>
  );
}

function Swatch({ colour }: { readonly colour: string }) {
  return <span class="swatch" style={{ background: colour }} />;
}
