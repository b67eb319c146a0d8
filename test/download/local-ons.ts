import { answer, type Fault, type LocalServer, serve } from './local-server.ts';

type Row = Readonly<Record<string, string | number>>;
/** A service of the portal: its rows, and whether they are areas or lines of a table. */
export type OnsService = {
  readonly rows: readonly Row[];
  readonly areas: boolean;
  /** The outlines of the rows; small made-up ones without. */
  readonly outlines?: readonly unknown[];
};

/** What the server does; tests change it while it runs. */
export type OnsWorld = {
  services: Record<string, OnsService>;
  /** The most rows of an answer, whatever is asked for. */
  pageSize: number;
  fault: (n: number) => Fault | { readonly body: unknown } | undefined;
  /** Changes the rows of a page before they are sent. */
  spoil: (features: unknown[]) => unknown[];
};

const square = (index: number) => {
  const [lng, lat] = [-1.3 + (index % 100) * 0.002, 54.6 + Math.floor(index / 100) * 0.002];
  const ring = [
    [lng, lat],
    [lng + 0.001, lat],
    [lng + 0.001, lat + 0.001],
    [lng, lat],
  ];
  return { type: 'Polygon', coordinates: [ring] };
};

/** Wards of a district with the columns of the ONS, in no order. */
export function wards(district: string, codes: readonly string[]): OnsService {
  const rows = codes.map((code, index) => ({
    FID: 900 - index,
    WD25CD: code,
    WD25NM: `Ward ${index}`,
    LAD25CD: district,
  }));
  return { rows, areas: true };
}

/** A server that behaves like an ArcGIS feature service: pages, counts, and errors with status 200. */
export async function localOns(world: OnsWorld): Promise<LocalServer> {
  return serve((request, response, n) => {
    const fault = world.fault(n);
    const send = (body: unknown) => {
      const broken = typeof fault === 'object' && 'body' in fault;
      const bytes = Buffer.from(JSON.stringify(broken ? fault.body : body));
      answer(response, 200, { 'content-type': 'application/json' }, bytes, broken ? undefined : fault);
    };
    const url = new URL(request.url as string, 'http://local');
    const service = world.services[/^\/(\w+)\/FeatureServer\/0\/query$/.exec(url.pathname)?.[1] ?? ''];
    if (!service) return send({ error: { code: 400, message: 'Invalid URL', details: ['Invalid URL'] } });
    send(query(service, url.searchParams, world));
  });
}

function query({ rows, areas, outlines }: OnsService, search: URLSearchParams, { pageSize, spoil }: OnsWorld): unknown {
  const [, column = '', list = ''] = /^(\w+) IN \((('[EWSN]\d{8}',?)+)\)$/.exec(search.get('where') ?? '') ?? [];
  if (!rows.some((row) => column in row)) return { error: { code: 400, message: 'Cannot perform query', details: [] } };
  const found = rows.filter((row) => list.includes(`'${row[column]}'`));
  if (search.get('returnCountOnly') === 'true') return { count: found.length };
  const order = search.get('orderByFields') as string;
  const sorted = [...found].sort((a, b) => (String(a[order]) < String(b[order]) ? -1 : 1));
  const from = Number(search.get('resultOffset'));
  const size = Math.min(pageSize, Number(search.get('resultRecordCount')));
  const page = sorted.slice(from, from + size);
  const exceeded = from + size < found.length ? { exceededTransferLimit: true } : {};
  if (search.get('f') === 'json' && !areas)
    return { ...exceeded, features: page.map((attributes) => ({ attributes })) };
  const features = page.map((properties) => ({
    type: 'Feature',
    id: properties.FID,
    geometry: outlines?.[rows.indexOf(properties)] ?? square(rows.indexOf(properties)),
    properties,
  }));
  return { type: 'FeatureCollection', properties: exceeded, features: spoil(features) };
}
