import type { Catalog } from '../../server/model.ts';
import '../styles/pages.css';
import { TextPage } from '../pages/text-page.tsx';

/** How good the data are. */
export function QualityPage({ catalog }: { readonly catalog: Catalog }) {
  return (
    <TextPage catalog={catalog} title="Data quality">
      <p />
    </TextPage>
  );
}
