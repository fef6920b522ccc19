import type { EgressResponse } from '@patchbay/egress';
import { ConnectorError } from '../errors.ts';

/** Where an answer's `Location` leads (RFC 9110 §10.2.2); undefined without one. Throws `ConnectorError` `location-refused` for what is no address. */
export function locationOf({ headers, url }: Pick<EgressResponse, 'headers' | 'url'>): string | undefined {
  const location = headers['location']?.trim();
  return location === undefined || location === '' ? undefined : absoluteLocation(location, url);
}

/** A `Location` as an absolute address. */
export function absoluteLocation(location: string, from: string): string {
  const url = URL.parse(location, from);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new ConnectorError(
      'location-refused',
      `The API answered with the Location "${location}", which is no address.`,
    );
  }
  url.hash = '';
  return url.href;
}

/** An address without its query, which may hold a signature. */
export function shownAddress(url: string): string {
  return url.split('?', 1)[0] ?? '';
}
