import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Catalog } from '../../server/model.ts';
import { StatusPage } from './status-page.tsx';

type Page = FunctionComponent<{ readonly catalog: Catalog }>;
type Props = { readonly load: () => Promise<Page>; readonly catalog: Catalog };

/** A page whose code is fetched when it is opened, so that the map starts no slower for it. */
export function LazyPage({ load, catalog }: Props) {
  const [Loaded, setLoaded] = useState<Page | null>(null);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let gone = false;
    setFailed(false);
    load()
      .then((page) => !gone && setLoaded(() => page))
      .catch((error: unknown) => {
        console.error(error);
        if (!gone) setFailed(true);
      });
    return () => {
      gone = true;
    };
  }, [load, attempt]);
  if (Loaded) return <Loaded catalog={catalog} />;
  if (!failed) return <StatusPage title="Loading" busy />;
  const text = 'The service could not be reached for it.';
  return <StatusPage title="This page could not be loaded" text={text} onRetry={() => setAttempt(attempt + 1)} />;
}
