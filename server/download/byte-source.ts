import { open } from 'node:fs/promises';
import { type Http, Interrupted } from './http.ts';

/** Bytes that can be read from any position: a file behind HTTP, or one on disk. */
export type ByteSource = {
  readonly url: string;
  readonly size: number;
  /** Changes when the bytes may have changed. */
  readonly identity: string;
  readonly lastModified: string | null;
  /** Hands over the bytes from `from` up to but not including `to`, in order and once each. */
  read(from: number, to: number, take: (bytes: Uint8Array) => Promise<void> | void): Promise<void>;
};

/** The bytes at an address are no longer those that were there before. */
export class SourceChanged extends Error {
  override name = 'SourceChanged';
}

/** What a server says of the version it hands out. */
type Version = Pick<ByteSource, 'size' | 'identity' | 'lastModified'> & { readonly ifRange: string | null };

/** The source and its last bytes, or what a server that knows no ranges says of the whole. */
export type Opened =
  | { readonly ranges: true; readonly source: ByteSource; readonly tail: Uint8Array }
  | { readonly ranges: false; readonly identity: string };

/** Opens a file behind HTTP by asking for its last bytes, which tells its size, its version and whether ranges work. */
export async function openRemote(http: Http, url: string, tailBytes: number): Promise<Opened> {
  return http.ask(
    () => ({ url, headers: { range: `bytes=-${tailBytes}` } }),
    async (response, alive) => {
      const range = contentRange(response);
      const version = versionOf(response, range?.total ?? Number(response.headers.get('content-length') ?? 0));
      if (response.status !== 206 || !range) return { ranges: false, identity: version.identity };
      const tail = new Uint8Array(range.to - range.from + 1);
      let filled = 0;
      for await (const chunk of response.body ?? []) {
        alive();
        if (filled + chunk.length > tail.length) throw new Interrupted('it sent more than it said');
        tail.set(chunk, filled);
        filled += chunk.length;
      }
      if (filled < tail.length || range.to !== range.total - 1) throw new Interrupted('the answer was cut short');
      // archives are handed on to a store of files; the later parts are asked for there
      return { ranges: true, source: remoteSource(http, response.url || url, version), tail };
    },
  );
}

function remoteSource(http: Http, url: string, version: Version): ByteSource {
  return {
    url,
    size: version.size,
    identity: version.identity,
    lastModified: version.lastModified,
    async read(from, to, take) {
      let at = from;
      if (at >= to) return;
      const condition = version.ifRange === null ? {} : { 'if-range': version.ifRange };
      await http.ask(
        // another try goes on where the last one broke off
        () => ({ url, headers: { range: `bytes=${at}-${to - 1}`, ...condition } }),
        async (response, alive) => {
          checkPart(response, at, version);
          for await (const chunk of response.body ?? []) {
            alive();
            if (at + chunk.length > to) throw new SourceChanged(`${url} sent more than was asked for`);
            await take(chunk);
            at += chunk.length;
          }
          if (at < to) throw new Interrupted('the answer was cut short');
        },
      );
    },
  };
}

/** A part must be of the version that was opened: a 200 means that `If-Range` no longer holds. */
function checkPart(response: Response, at: number, version: Version): void {
  const range = contentRange(response);
  if (response.status !== 206 || !range) throw new SourceChanged('the server answered with another version');
  const { identity } = versionOf(response, range.total);
  if (range.from !== at || identity !== version.identity) throw new SourceChanged('the server changed the version');
}

function contentRange(response: Response): { from: number; to: number; total: number } | null {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(response.headers.get('content-range') ?? '');
  return match ? { from: Number(match[1]), to: Number(match[2]), total: Number(match[3]) } : null;
}

function versionOf({ headers }: Response, size: number): Version {
  const etag = headers.get('etag');
  const lastModified = headers.get('last-modified');
  // a weak ETag promises the same meaning, not the same bytes: If-Range must not use it
  const ifRange = etag !== null && !etag.startsWith('W/') ? etag : lastModified;
  return { size, lastModified, ifRange, identity: `${etag ?? lastModified ?? 'no version'}, ${size} bytes` };
}

/** A file on disk as a source, under the address it came from. */
export function fileSource(path: string, about: Omit<ByteSource, 'read'>): ByteSource {
  return {
    ...about,
    async read(from, to, take) {
      const file = await open(path);
      try {
        if (to > from) for await (const chunk of file.createReadStream({ start: from, end: to - 1 })) await take(chunk);
      } finally {
        await file.close();
      }
    },
  };
}
