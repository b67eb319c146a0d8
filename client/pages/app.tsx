import { catalog } from '../data.ts';
import { view } from '../state.ts';
import { LazyPage } from './lazy-page.tsx';
import { MapPage } from './map-page.tsx';
import { StatusPage } from './status-page.tsx';

/** The page asked for once it is known what is held, until then what one is waiting for. */
export function App() {
  const { data, error } = catalog.state.value;
  if (data) {
    const { page } = view.value;
    if (page === 'import') return <LazyPage key={page} load={importPage} catalog={data} />;
    if (page === 'quality') return <LazyPage key={page} load={qualityPage} catalog={data} />;
    return <MapPage catalog={data} />;
  }
  if (!error) return <StatusPage title="Loading" busy />;
  if (error.starting) return <StatusPage title="The service is starting" text={startingText} busy />;
  return <StatusPage title="The map cannot be shown" text={error.message} onRetry={catalog.retry} />;
}

const importPage = async () => (await import('../imports/import-page.tsx')).ImportPage;
const qualityPage = async () => (await import('../quality/quality-page.tsx')).QualityPage;

const startingText = 'The map opens by itself as soon as it is ready. The first start takes about half a minute.';
