import type { Quality } from '../../server/import-model.ts';
import { formatChange, formatCount, formatDay, formatIncidents } from '../format.ts';
import { areaNoun, areaNouns, capitalised } from '../layer-names.ts';

type Areas = NonNullable<Quality['areas']>;

/** Counts by area beside those of the import before, with the boundaries they are counted in. */
export function AreaCounts({ areas }: { readonly areas: Areas }) {
  const { layer, validFrom, previousImport, rows, none } = areas;
  const compared = previousImport !== null;
  return (
    <>
      <p>
        Counted in the {areaNouns(layer)}{' '}
        {validFrom ? `valid from ${formatDay(validFrom)}` : 'held, whose date is not known'}
        {compared && `, beside import ${previousImport} of the same source`}.
        {none > 0 && ` ${formatIncidents(none)} ${none === 1 ? 'lies' : 'lie'} in none of them.`}
      </p>
      {rows.length > 0 && <AreaTable areas={areas} />}
    </>
  );
}

function AreaTable({ areas: { layer, previousImport, rows } }: { readonly areas: Areas }) {
  const compared = previousImport !== null;
  return (
    <table class="numbers areas">
      <caption class="visually-hidden">Incidents by {areaNoun(layer)}</caption>
      <thead>
        <tr>
          <th scope="col">{capitalised(areaNoun(layer))}</th>
          <th scope="col">Incidents</th>
          {compared && <th scope="col">Import before</th>}
          {compared && <th scope="col">Difference</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ code, name, incidents, previous }) => (
          <tr key={code}>
            <th scope="row">{name}</th>
            <td>{formatCount(incidents)}</td>
            {compared && <td>{previous === null ? '–' : formatCount(previous)}</td>}
            {compared && <td>{previous === null ? '–' : formatChange(incidents - previous)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
