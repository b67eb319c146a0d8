import type { Catalog } from '../../server/model.ts';
import '../styles/pages.css';
import '../styles/report.css';
import { importList } from '../imports/import-requests.ts';
import { Problem } from '../imports/run-progress.tsx';
import { PageLink } from '../pages/page-link.tsx';
import { TextPage } from '../pages/text-page.tsx';
import { report, reportUrl, subject } from './quality-data.ts';
import { QualityReport } from './quality-report.tsx';
import { ReportChooser } from './report-chooser.tsx';

/** How good the data are, for each source and each import. */
export function QualityPage({ catalog }: { readonly catalog: Catalog }) {
  const { data, url, loading, error } = report.state.value;
  const nothing = catalog.sources.length === 0 && importList.state.value.data?.imports.length === 0;
  const shown = data && url === reportUrl.value && !error;
  return (
    <TextPage catalog={catalog} title="Data quality">
      {nothing ? (
        <p class="lead">
          No incidents are held yet. <PageLink page="import">Import a file</PageLink> first.
        </p>
      ) : (
        <ReportChooser catalog={catalog} />
      )}
      <p class="visually-hidden" role="status">
        {loading ? 'The report is made.' : shown ? 'The report is ready.' : ''}
      </p>
      {error && <Problem title="The report could not be loaded">{error.message}</Problem>}
      {shown && <QualityReport quality={data} />}
      {!shown && !error && !nothing && (subject.value || loading) && <div class="progress" />}
    </TextPage>
  );
}
