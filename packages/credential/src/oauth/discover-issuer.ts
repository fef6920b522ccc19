import type { OAuthSettings } from './contract.ts';
import { fillAddress } from './fill-template.ts';
import type { Fetch } from './token-request.ts';

/** What a provider says of itself (RFC 8414 §2), as far as it matters here. */
export type Issuer = { readonly issuer: string /** RFC 9207 §3. */; readonly announcesIssuer: boolean };

const places = ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration'] as const;

/**
 * Who a provider is, from the metadata at its `issuer` or, without one in the settings, at the host that people are sent to. It counts
 * only when it names the very authorization address of the settings; nothing when there is none.
 */
export async function discoverIssuer(settings: OAuthSettings, send: Fetch): Promise<Issuer | undefined> {
  const address = fillAddress('authorization address', settings.provider.authorizationUrl, settings.values);
  const stated = settings.values['issuer'];
  const base = (stated ?? new URL(address).origin).replace(/\/$/, '');
  for (const place of places) {
    const found = await readMetadata(`${base}${place}`, send);
    if (found === undefined || found['authorization_endpoint'] !== address) continue;
    const issuer = found['issuer'];
    if (typeof issuer !== 'string' || (stated !== undefined && issuer !== stated)) continue;
    return { issuer, announcesIssuer: found['authorization_response_iss_parameter_supported'] === true };
  }
  return stated === undefined ? undefined : { issuer: stated, announcesIssuer: false };
}

/** A provider's metadata document; nothing when there is none. */
export async function readMetadata(
  url: string,
  send: Fetch,
): Promise<{ readonly [name: string]: unknown } | undefined> {
  try {
    const response = await send(url, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(5_000) });
    if (response.status !== 200) return undefined;
    const value: unknown = JSON.parse(await response.text());
    return typeof value === 'object' && value !== null ? (value as { readonly [name: string]: unknown }) : undefined;
  } catch {
    // A provider without metadata is no failure: most have none.
    return undefined;
  }
}
