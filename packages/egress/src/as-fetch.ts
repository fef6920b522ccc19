import type { Egress, EgressRequest, HeaderFields, NetworkRules } from './contract.ts';

/** A `fetch` whose requests leave through egress under fixed rules, for libraries that take one. Bodies are read whole. */
export function asFetch(
  egress: Egress,
  rules: NetworkRules,
  limits: Pick<EgressRequest, 'timeoutMs' | 'maxResponseBytes' | 'tls'> = {},
): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
    const response = await egress.send(
      {
        method: request.method,
        url: request.url,
        headers: Object.fromEntries(request.headers) as HeaderFields,
        redirect: request.redirect === 'follow' ? 'follow' : 'manual',
        signal: request.signal,
        ...(body !== undefined && { body }),
        ...limits,
      },
      rules,
    );
    const headers = new Headers(Object.entries(response.headers));
    for (const cookie of response.setCookies) headers.append('set-cookie', cookie);
    const bytes = await response.bytes();
    const isNullBody = [101, 204, 205, 304].includes(response.status);
    return new Response(isNullBody ? null : new Uint8Array(bytes), { status: response.status, headers });
  };
}
