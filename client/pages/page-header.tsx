import type { ComponentChildren } from 'preact';
import type { Catalog } from '../../server/model.ts';
import { formatIncidents, formatRange } from '../format.ts';
import { view } from '../state.ts';
import { type PageName, pageNames } from '../view.ts';
import { PageLink } from './page-link.tsx';

const names: Record<PageName, string> = { map: 'Map', import: 'Import', quality: 'Data quality' };

type Props = {
  readonly catalog: Catalog;
  /** The page's heading, where the page itself has no room for one. */
  readonly children?: ComponentChildren;
};

/** Above every page: the way to the others, and what is held. */
export function PageHeader({ catalog, children }: Props) {
  const { extent, incidents, synthetic } = catalog;
  return (
    <header class="page-header">
      <p class="brand">Hotspot</p>
      {children}
      <nav class="page-nav" aria-label="Pages">
        {pageNames.map((page) => (
          <PageLink key={page} page={page} current={page === view.value.page}>
            {names[page]}
          </PageLink>
        ))}
      </nav>
      {synthetic && (
        <p class="synthetic">
          <strong>Synthetic demo data</strong> <span class="synthetic-more">No record here is a real incident.</span>
        </p>
      )}
      <p class="held">
        {formatIncidents(incidents)} held{extent && `, ${formatRange(extent.from, extent.to)}`}
      </p>
    </header>
  );
}
