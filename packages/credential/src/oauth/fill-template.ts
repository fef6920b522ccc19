import { CredentialError } from '../errors.ts';
import type { Texts } from './contract.ts';

const placeholder = /\{([A-Za-z0-9_.-]+)\}/g;

/** Puts values (by lower-case name) in the place of `{Name}`, in any case. `encode` is applied to each value. */
export function fillTemplate(template: string, values: Texts, encode: (value: string) => string = String): string {
  return template.replace(placeholder, (_whole, name: string) => {
    const key = name.toLowerCase();
    return Object.hasOwn(values, key) ? encode(values[key] ?? '') : '';
  });
}

/**
 * Puts an author's own settings into a template of a provider and leaves every other placeholder: what people give for a connection
 * is filled in later, once, and is never read as a template.
 */
export function expandTemplate(template: string, settings: Texts): string {
  return template.replace(placeholder, (whole, name: string) => {
    const key = name.toLowerCase();
    return Object.hasOwn(settings, key) ? (settings[key] ?? '') : whole;
  });
}

/** The same for an address: values stand in it as they are, and what comes out must be an address. Throws `oauth-settings-invalid`. */
export function fillAddress(what: string, template: string | undefined, values: Texts, query?: string): string {
  const filled = fillTemplate(template ?? '', values).trim();
  const base = filled + (query === undefined ? '' : joinable(filled, fillTemplate(query, values, encodeURIComponent)));
  const url = URL.parse(base);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new CredentialError(
      'oauth-settings-invalid',
      filled === ''
        ? `The connector does not say its ${what}. Add it to the OAuth settings.`
        : `The ${what} of the connector, "${filled}", is not an address. Check the OAuth settings and what the connection gives.`,
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new CredentialError(
      'oauth-settings-invalid',
      `The ${what} of the connector is plain http, over which secrets are not sent (RFC 6749 §3). Use https.`,
    );
  }
  return url.href;
}

/** A query as templates write it: with its question mark, without, or as more of the path. */
function joinable(address: string, addition: string): string {
  if (addition === '' || addition.startsWith('/')) return addition;
  const bare = addition.replace(/^[?&]/, '');
  return bare === '' ? '' : `${address.includes('?') ? '&' : '?'}${bare}`;
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
