/** Speak for the caller to this server; a run has no use for them. */
const hiddenHeaders = new Set([
  'authorization',
  'cookie',
  'proxy-authorization',
  'x-csrf-token',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'upgrade',
  'expect',
]);

export type ReceivedFields = { readonly [name: string]: string | readonly string[] | undefined };

/** The header fields of a request as a run sees them: lower-case names, several values in one. Who sent it is told only to a flow that asks. */
export function visibleHeaders(
  headers: ReceivedFields,
  options: { readonly showsAuthorization: boolean } = { showsAuthorization: false },
): { readonly [name: string]: string } {
  const visible: { [name: string]: string } = {};
  for (const name in headers) {
    const value = headers[name];
    const isHidden = hiddenHeaders.has(name) && !(name === 'authorization' && options.showsAuthorization);
    if (value !== undefined && !isHidden) visible[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return visible;
}

/** The query of a request as a run sees it, without what is this server's; absent when there is none. */
export function visibleQueries(
  query: ReceivedFields,
  hidden: ReadonlySet<string> = new Set(),
): { readonly queries?: { readonly [name: string]: string } } {
  const queries: { [name: string]: string } = {};
  for (const name in query) {
    if (hidden.has(name)) continue;
    const value = query[name] ?? '';
    queries[name] = typeof value === 'string' ? value : value.join(',');
  }
  return Object.keys(queries).length === 0 ? {} : { queries };
}
