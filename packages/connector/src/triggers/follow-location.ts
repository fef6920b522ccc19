import type { CallOptions, Connector } from '../contract.ts';
import { ConnectorError } from '../errors.ts';
import { baseOfSent, isBelow } from '../sent-base.ts';
import { readAnswer, type TriggerAnswer, watchAddress } from './trigger-request.ts';

/** An address that the API gave, and the one below which it stands. Safe to keep. */
export type Place = { readonly url: string; readonly base: string };

/**
 * Where a `Location` of an answer leads (RFC 9110 §10.2.2). Throws `ConnectorError` `location-refused` for what is not the connector's API: below
 * its base address, its runtime address, or the host that its policies chose for the request.
 */
export function locate(
  connector: Connector,
  location: string,
  sent: { readonly url: string; readonly path: string },
  runtimeUrl: string | undefined,
): Place {
  const url = URL.parse(location, sent.url === '' ? undefined : sent.url);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new ConnectorError(
      'location-refused',
      `The API answered with the Location "${location}", which is no address.`,
    );
  }
  url.hash = '';
  const bases = [
    connector.baseUrl,
    baseOfSent(connector.baseUrl, sent),
    ...(runtimeUrl === undefined ? [] : [runtimeUrl]),
  ];
  const base = bases.find((one) => one !== '' && isBelow(url.href, one));
  if (base !== undefined) return { url: url.href, base };
  throw new ConnectorError(
    'location-refused',
    `The API answered with the Location ${url.origin}${url.pathname}, which is not below ${connector.baseUrl}: the connection’s credential does not go there.`,
  );
}

/** Sends a request to a place through the connection: its credential, and the policies of the operation there or of all operations. */
export async function followLocation(
  connector: Connector,
  method: 'GET' | 'DELETE',
  { url, base }: Place,
  options: CallOptions,
): Promise<TriggerAnswer> {
  if (!isBelow(url, base)) throw new ConnectorError('location-refused', `The address ${url} is not below ${base}.`);
  const rest = url.slice(base.length);
  const mark = rest.indexOf('?');
  const path = mark === -1 ? rest : rest.slice(0, mark);
  const watched = watchAddress(options);
  const response = await connector.follow(
    {
      method,
      path: path === '' ? '/' : path,
      query: mark === -1 ? '' : rest.slice(mark + 1),
      headers: { accept: 'application/json, */*;q=0.5' },
      // A host that policies choose is chosen again; one that only the trigger's own policies chose is kept.
      ...(base !== options.runtimeUrl && { baseUrl: base }),
    },
    watched.options,
  );
  return { ...(await readAnswer(response)), sentUrl: watched.sentUrl() };
}
