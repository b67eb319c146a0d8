import { createHash } from 'node:crypto';
import { seededRandom } from '../../server/demo/seeded-random.ts';
import { policeUkKinds } from '../../server/download/police-uk.ts';
import { answer, type Fault, type LocalServer, serve } from './local-server.ts';
import { makeZip, type ZipFile } from './make-zip.ts';

const header = policeUkKinds.street.columns.join(',');

/** A made-up street file, as long and as little compressible as some hundred real rows. */
export function streetFile(month: string, force: string, edition = 1): string {
  const random = seededRandom(Number(month.replace('-', '')) + edition);
  const rows = Array.from({ length: 300 }, () => {
    const id = createHash('sha256').update(String(random())).digest('hex');
    return `${id},${month},${force},${force},-1.2${Math.floor(random() * 1e4)},54.68,On or near Tower Street,,,Drugs,,`;
  });
  return `${header}\n${rows.join('\n')}\n`;
}

/** The archive of some months of two forces, with the other kinds of files that real ones hold. */
export function archive(months: readonly string[], edition = 1, more: readonly ZipFile[] = []): Buffer {
  const replaced = new Set(more.map(({ name }) => name));
  const files = months.flatMap((month) =>
    ['cleveland', 'durham'].flatMap((force) => [
      { name: `${month}/${month}-${force}-outcomes.csv`, text: 'Crime ID\n' },
      { name: `${month}/${month}-${force}-street.csv`, text: streetFile(month, force, edition) },
    ]),
  );
  return makeZip([...files.filter(({ name }) => !replaced.has(name)), ...more]);
}

/** What the server does; tests change it while it runs. */
export type PoliceUkWorld = {
  archives: Record<string, Buffer>;
  months: string[];
  ranges: boolean;
  /** Some stores hand out a part of whatever they have now, whichever version was asked for. */
  ignoresIfRange?: boolean;
  /** Tells what goes wrong with the n-th request for bytes of an archive, counted from 0. */
  fault: (n: number, range: string | undefined) => Fault | undefined;
};

/** A server that behaves like data.police.uk: dates by API, archives handed on to a store that knows ranges and ETags. */
export async function localPoliceUk(world: PoliceUkWorld): Promise<LocalServer> {
  let n = 0;
  return serve((request, response) => {
    const path = request.url as string;
    if (path === '/api/crimes-street-dates') {
      const dates = world.months.map((date) => ({ date, 'stop-and-search': ['cleveland'] }));
      return answer(response, 200, {}, Buffer.from(JSON.stringify(dates)));
    }
    const site = /^\/data\/archive\/(.*)$/.exec(path);
    if (site) return void response.writeHead(302, { location: `/store/${site[1]}` }).end();
    const bytes = world.archives[/^\/store\/(.*)\.zip$/.exec(path)?.[1] ?? ''];
    if (!bytes) return answer(response, 403, {}, Buffer.from('<Error><Code>AccessDenied</Code></Error>'));
    const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
    const { range, 'if-range': ifRange } = request.headers;
    const fault = world.fault(n++, range);
    const wanted = /^bytes=(\d*)-(\d*)$/.exec(range ?? '');
    if (!world.ranges || !wanted || (!world.ignoresIfRange && ifRange !== undefined && ifRange !== etag)) {
      return answer(response, 200, { etag }, bytes, fault);
    }
    const [from, to] =
      wanted[1] === ''
        ? [Math.max(0, bytes.length - Number(wanted[2])), bytes.length - 1]
        : [Number(wanted[1]), Math.min(Number(wanted[2]), bytes.length - 1)];
    const headers = { etag, 'content-range': `bytes ${from}-${to}/${bytes.length}` };
    answer(response, 206, headers, bytes.subarray(from, to + 1), fault);
  });
}
