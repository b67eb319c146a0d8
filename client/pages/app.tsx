import { catalog } from '../data.ts';
import { MapPage } from './map-page.tsx';
import { StatusPage } from './status-page.tsx';

/** The page: the map once it is known what is held, until then what one is waiting for. */
export function App() {
  const { data, error } = catalog.state.value;
  if (data) return <MapPage catalog={data} />;
  if (!error) return <StatusPage title="Loading" busy />;
  if (error.starting) return <StatusPage title="The service is starting" text={startingText} busy />;
  return <StatusPage title="The map cannot be shown" text={error.message} onRetry={catalog.retry} />;
}

const startingText = 'The map opens by itself as soon as it is ready. The first start takes about half a minute.';
