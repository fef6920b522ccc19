import type { Value } from '@patchbay/expression';

/** What history shows in the place of what proves who asks, as in the ecosystem. */
const sanitized = '*sanitized*';
const proving = /^(proxy-)?authorization$/i;

type Headers = { readonly [name: string]: Value };

/** Header fields as history shows them. */
export function sanitizeAuthorization(headers: Headers): Headers {
  if (!Object.keys(headers).some((name) => proving.test(name))) return headers;
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, proving.test(name) ? sanitized : value]),
  );
}

/** Header fields without those that prove who asks. */
export function withoutAuthorization(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !proving.test(name)));
}
