import type { ComponentChildren } from 'preact';
import type { Catalog } from '../../server/model.ts';
import { PageHeader } from './page-header.tsx';
import { PageTitle } from './page-title.tsx';

type Props = { readonly catalog: Catalog; readonly title: string; readonly children: ComponentChildren };

/** A page of one column: what is read and filled in rather than looked at. */
export function TextPage({ catalog, title, children }: Props) {
  return (
    <div class="page text-page">
      <a class="skip-link" href="#content">
        Skip to the content
      </a>
      <PageHeader catalog={catalog} />
      <div class="text-scroll">
        <main class="text-column" id="content" tabIndex={-1}>
          <PageTitle text={title} />
          {children}
        </main>
      </div>
    </div>
  );
}
