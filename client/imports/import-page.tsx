import type { Catalog } from '../../server/model.ts';
import '../styles/pages.css';
import { TextPage } from '../pages/text-page.tsx';
import { Announcement } from './announcement.tsx';
import { FileStep } from './file-step.tsx';
import { ImportStep } from './import-step.tsx';
import { ImportsList } from './imports-list.tsx';
import { MappingStep } from './mapping-step.tsx';
import { TrialStep } from './trial-step.tsx';

/** From a partner's file to the map: four steps on one page, and below them what was imported before. */
export function ImportPage({ catalog }: { readonly catalog: Catalog }) {
  return (
    <TextPage catalog={catalog} title="Import a file">
      <p class="lead">Four steps from a file to the map. Nothing is stored before the fourth.</p>
      <Announcement />
      <FileStep />
      <MappingStep catalog={catalog} />
      <TrialStep catalog={catalog} />
      <ImportStep catalog={catalog} />
      <ImportsList />
    </TextPage>
  );
}
