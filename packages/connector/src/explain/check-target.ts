import type { BoundRequest } from '../contract.ts';
import { ConnectorError } from '../errors.ts';
import type { FindCallable } from '../forward-request.ts';
import { escapesPath } from '../path-template.ts';

/**
 * Keeps an edited request where the connection may go: to where it went without the edit, or to an operation of the connector. The
 * credential goes along, so an edit must not take it elsewhere. Throws `replay-invalid`.
 */
export function checkTarget(edited: BoundRequest, own: BoundRequest, baseUrl: string, find: FindCallable): void {
  if (edited.method === own.method && withoutQuery(edited.url) === withoutQuery(own.url)) return;
  const target = withoutQuery(edited.url);
  const path = baseUrl !== '' && target.startsWith(`${baseUrl}/`) ? target.slice(baseUrl.length) : undefined;
  if (path !== undefined && !escapesPath(path) && find(edited.method, path)?.baseUrl === baseUrl) return;
  throw new ConnectorError(
    'replay-invalid',
    `${edited.method} ${target} is neither where the call goes (${own.method} ${withoutQuery(own.url)}) nor an operation of the connector. An edited request carries the connection's credential and stays with its connector.`,
  );
}

function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? '';
}
