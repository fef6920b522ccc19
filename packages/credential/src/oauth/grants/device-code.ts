import { CredentialError } from '../../errors.ts';
import { clientAuthentication } from '../client-authentication.ts';
import type { OAuthSettings, TokenSet } from '../contract.ts';
import { fillAddress } from '../fill-template.ts';
import { failureOf, parseAnswer } from '../read-token-answer.ts';
import { type OAuthAccess, post, requestToken } from '../token-request.ts';

/** What a person does elsewhere, and how to ask whether it is done (RFC 8628 §3.2). */
export type DeviceAuthorization = {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUrl: string;
  /** With the code in it, where the provider has such an address. */
  readonly completeUrl?: string;
  readonly expiresInSeconds: number;
  readonly intervalSeconds: number;
};

export async function beginDevice(settings: OAuthSettings, { fetch }: OAuthAccess): Promise<DeviceAuthorization> {
  const { provider, values, clientId } = settings;
  const url = fillAddress('device authorization address', provider.deviceAuthorizationUrl, values);
  const scope = values['scopes'] ?? '';
  const body = new URLSearchParams(scope === '' ? {} : { scope });
  const headers = new Headers({ accept: 'application/json' });
  const issuer = values['issuer'] ?? url;
  const authenticate = clientAuthentication(settings, issuer);
  await authenticate({ issuer }, { client_id: clientId }, body, headers);
  const answer = await post(url, body.toString(), headers, fetch);
  const members = parseAnswer(answer);
  const text = (name: string): string | undefined =>
    typeof members[name] === 'string' ? (members[name] as string) : undefined;
  const [deviceCode, userCode] = [text('device_code'), text('user_code')];
  const verificationUrl = text('verification_uri') ?? text('verification_url');
  if (answer.status >= 400 || deviceCode === undefined || userCode === undefined || verificationUrl === undefined) {
    throw failureOf(answer, members);
  }
  if (!/^https?:\/\//i.test(verificationUrl)) {
    throw new CredentialError('token-unavailable', 'The identity provider sent a person to something that is no page.');
  }
  const completeUrl = text('verification_uri_complete');
  return {
    deviceCode,
    userCode,
    verificationUrl,
    ...(completeUrl !== undefined && /^https?:\/\//i.test(completeUrl) && { completeUrl }),
    expiresInSeconds: Number(members['expires_in'] ?? 600) || 600,
    intervalSeconds: Number(members['interval'] ?? 5) || 5,
  };
}

/** Asks once. Throws `authorization-pending` while nobody has confirmed. */
export function redeemDevice(settings: OAuthSettings, deviceCode: string, access: OAuthAccess): Promise<TokenSet> {
  const parameters = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: deviceCode };
  return requestToken(settings, 'token', parameters, access);
}
