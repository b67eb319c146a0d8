import { InputError } from '../errors.ts';

/** Where the official services live; `--from-url` puts a mirror in the place of one of them. */
export const officialAddresses = {
  /** Street-level crime and stop and search of every force of England, Wales and Northern Ireland. */
  policeUk: 'https://data.police.uk',
  /** The Open Geography portal of the Office for National Statistics: its feature services. */
  ons: 'https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services',
} as const;

/** A base address without a slash at its end; throws unless it is http or https without name, password, query or fragment. */
export function checkBaseUrl(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  const plain = url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
  if (!plain) {
    // the address itself may hold a password: it is not repeated
    throw new InputError('--from-url takes an address such as https://mirror.example/police-uk, without a password');
  }
  return url.href.replace(/\/+$/, '');
}
