import type { CapturedCredential } from './captured-request.ts';

const about = { description: '', extensions: {} } as const;
/** Names that hold a secret, without separators and the `x` of private headers. */
const secretName =
  /^(token|secret|password|authorization|app(key|secret|token)|client(secret|key)|(session|security|private|bearer|user|refresh)token|(secret|master|functions?|license)key|.*(api|access|auth|subscription)(key|token|secret))$/;
/** Names like the above that are the caller's own: they hold no secret of a connection. */
const callersName = /(csrf|xsrf|idempotency|continuation|page|next|sync|delta|cursor|public)/;

/** Whether a header or query parameter of this name holds a secret of the connection: `X-Api-Key`, `access_token`… */
export function isSecretName(name: string): boolean {
  const bare = name
    .slice(0, 100)
    .toLowerCase()
    .replace(/[^a-z\d]/g, '')
    .replace(/^x(?=[a-z])/, '');
  return secretName.test(bare) && !callersName.test(bare);
}

/** User name and password, as before the host of an address. */
export const basicCredential: CapturedCredential = { kind: 'basic', ...about };

/** What an `Authorization` header's value says of how a request is authenticated (RFC 9110 §11.6.2). The value itself is not kept. */
export function readAuthorization(value: string): CapturedCredential {
  const scheme = /^\s*([A-Za-z][\w-]*)\s+\S/.exec(value)?.[1]?.toLowerCase();
  switch (scheme) {
    case undefined:
      return { kind: 'apiKey', in: 'header', name: 'Authorization', ...about };
    case 'basic':
      return basicCredential;
    case 'bearer':
      return { kind: 'bearer', ...about };
    case 'digest':
    case 'negotiate':
    case 'ntlm':
    case 'hawk':
    case 'oauth':
    case 'aws4-hmac-sha256':
      return { kind: 'http', scheme, ...about };
    default:
      // `Token …`, `ApiKey …`: a key with a word before it, which the person gives along.
      return { kind: 'apiKey', in: 'header', name: 'Authorization', ...about };
  }
}

export function secretParameter(location: 'header' | 'query', name: string): CapturedCredential {
  return { kind: 'apiKey', in: location, name, ...about };
}
