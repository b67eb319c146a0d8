import type { Trial } from '../../server/import-model.ts';
import { ScrollRegion } from '../charts/scroll-region.tsx';
import { formatCount } from '../format.ts';

/** Every kind of problem: how often, where first, and what to do about it. */
export function ProblemsTable({ problems }: Pick<Trial, 'problems'>) {
  if (problems.length === 0)
    return (
      <>
        <h3>Problems</h3>
        <p>None.</p>
      </>
    );
  return (
    <>
      <h3>Problems</h3>
      <ScrollRegion class="scroll-table" label="Problems">
        <table class="numbers problems">
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">What is wrong, and the remedy</th>
              <th scope="col">Rows</th>
              <th scope="col">First in line</th>
              <th scope="col">First value</th>
            </tr>
          </thead>
          <tbody>
            {problems.map(({ column, reason, count, firstLine, firstValue }) => (
              <tr key={`${column} ${reason}`}>
                <th scope="row">{column}</th>
                <td>{reason}</td>
                <td>{formatCount(count)}</td>
                <td>{formatCount(firstLine)}</td>
                <td>{firstValue === '' ? <span class="muted">empty</span> : firstValue}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </>
  );
}
