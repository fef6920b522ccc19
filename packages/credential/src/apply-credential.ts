import type { Credential } from './contract.ts';
import { CredentialError } from './errors.ts';

/** A request on its way out. Header names are matched without regard to case. */
export type Unauthenticated = { readonly url: string; readonly headers: { readonly [name: string]: string } };

export type Authenticated = Unauthenticated & {
  /** Header names that now carry the credential: egress drops them when a redirect leaves the origin. */
  readonly credentialHeaders: readonly string[];
};

/**
 * Puts a credential on a request: an API key in header, query or cookie, a bearer token (RFC 6750), basic authentication in UTF-8
 * (RFC 7617), or several of them.
 */
export function applyCredential(request: Unauthenticated, credential: Credential): Authenticated {
  switch (credential.kind) {
    case 'none':
      return { ...request, credentialHeaders: [] };
    case 'apiKey':
      checkText('API key', credential.value);
      if (credential.in === 'header') return withHeader(request, credential.name, credential.value);
      if (credential.in === 'cookie') return withCookie(request, credential.name, credential.value);
      return { ...request, url: withQuery(request.url, credential.name, credential.value), credentialHeaders: [] };
    case 'bearer':
      checkText('access token', credential.token);
      return withHeader(request, 'authorization', `Bearer ${credential.token.replace(/^bearer\s+/i, '')}`);
    case 'basic': {
      checkText('user name', credential.username);
      checkText('password', credential.password);
      return withHeader(request, 'authorization', `Basic ${basicToken(credential.username, credential.password)}`);
    }
    case 'clientCertificate':
    case 'awsSignature':
      // The one is shown when connecting, the other signs the request as it goes out.
      return { ...request, credentialHeaders: [] };
    case 'all':
      return credential.credentials.reduce<Authenticated>(
        (before, one) => {
          const after = applyCredential(before, one);
          return { ...after, credentialHeaders: [...before.credentialHeaders, ...after.credentialHeaders] };
        },
        { ...request, credentialHeaders: [] },
      );
  }
}

export function basicToken(username: string, password: string): string {
  return Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
}

function withHeader({ url, headers }: Unauthenticated, name: string, value: string): Authenticated {
  const key = name.toLowerCase();
  const kept = Object.fromEntries(Object.entries(headers).filter(([other]) => other.toLowerCase() !== key));
  return { url, headers: { ...kept, [key]: value }, credentialHeaders: [key] };
}

/** Adds a cookie, replacing one of the same name (RFC 6265 §5.4: one header, pairs apart by a semicolon). */
function withCookie(request: Unauthenticated, name: string, value: string): Authenticated {
  const sent = Object.entries(request.headers).find(([header]) => header.toLowerCase() === 'cookie')?.[1] ?? '';
  const kept = sent.split('; ').filter((pair) => pair !== '' && !pair.startsWith(`${name}=`));
  return withHeader(request, 'cookie', [...kept, `${name}=${encodeURIComponent(value)}`].join('; '));
}

/** Adds a query parameter, replacing one of the same name: a caller can't shadow the key. */
function withQuery(text: string, name: string, value: string): string {
  const [address = '', fragment] = text.split('#', 2);
  const question = address.indexOf('?');
  const path = question === -1 ? address : address.slice(0, question);
  const encodedName = encodeURIComponent(name.toWellFormed());
  const kept = (question === -1 ? '' : address.slice(question + 1))
    .split('&')
    .filter((pair) => pair !== '' && decodeName(pair) !== name);
  const query = [...kept, `${encodedName}=${encodeURIComponent(value.toWellFormed())}`].join('&');
  return `${path}?${query}${fragment === undefined ? '' : `#${fragment}`}`;
}

function decodeName(pair: string): string {
  const name = pair.split('=', 1)[0] ?? '';
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}

function checkText(what: string, value: string): void {
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code === 10 || code === 13 || code === 0) {
      throw new CredentialError(
        'credential-invalid',
        `The ${what} of the connection holds a line break or a null character. Enter it again without.`,
      );
    }
  }
}
