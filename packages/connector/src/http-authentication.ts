import { ClientTokens, CredentialError, type OAuthSettings, resolveOAuthSettings } from '@patchbay/credential';
import { asFetch, type Egress, type NetworkRules, type TlsOptions } from '@patchbay/egress';
import { toText, type Value } from '@patchbay/expression';
import { ConnectorError } from './errors.ts';

/** What a call of a flow's own shows of who makes it. */
export type HttpProof = {
  /** The `Authorization` header field. */
  readonly authorization?: string;
  readonly tls?: TlsOptions;
  /** The address has refused the proof (401): another is made for the next call. */
  readonly refused?: () => void;
};

/** Where tokens are asked for. */
export type ProofWay = {
  readonly egress: Egress;
  readonly networkRules: NetworkRules;
  /** Tokens that are kept from call to call; without it each call asks for one. */
  readonly tokens?: ClientTokens;
};

const tokenTimeoutMs = 30_000;

/**
 * Makes the proof that `authentication` describes: `Basic`, `Raw`, `ClientCertificate` and `ActiveDirectoryOAuth`. Throws `ConnectorError`
 * for another type, and `CredentialError` when there is no token.
 */
export async function proofOf(authentication: Value | undefined, way: ProofWay): Promise<HttpProof> {
  if (authentication === undefined || authentication === null) return {};
  const text = (name: string): string => memberText(authentication, name);
  switch (text('type').trim().toLowerCase()) {
    case '':
    case 'none':
      return {};
    case 'basic':
      return {
        authorization: `Basic ${Buffer.from(`${text('username')}:${text('password')}`, 'utf8').toString('base64')}`,
      };
    case 'raw':
      return { authorization: text('value') };
    case 'clientcertificate':
      return { tls: certificateOf(text('pfx'), text('password')) };
    case 'activedirectoryoauth':
      return tokenProof(settingsOf(text), way);
    case 'managedserviceidentity':
      throw new ConnectorError(
        'security-unsupported',
        'A managed identity is something that only Azure gives, so nobody can prove to be it here. Use ActiveDirectoryOAuth with a client of your own, or a connection.',
      );
    default:
      throw new ConnectorError(
        'security-unsupported',
        `The authentication type "${text('type')}" is not supported. Basic, ClientCertificate, ActiveDirectoryOAuth and Raw are.`,
      );
  }
}

async function tokenProof(settings: OAuthSettings, way: ProofWay): Promise<HttpProof> {
  const { egress, networkRules, tokens = new ClientTokens() } = way;
  const send = asFetch(egress, networkRules, { timeoutMs: tokenTimeoutMs });
  const token = await tokens.tokenFor(settings, { fetch: send, nowMs: Date.now });
  return { authorization: `Bearer ${token}`, refused: () => tokens.forget(settings) };
}

/** A client of Microsoft Entra ID, which is given tokens for an audience. */
function settingsOf(text: (name: string) => string): OAuthSettings {
  if (text('pfx') !== '') {
    throw new CredentialError(
      'oauth-settings-invalid',
      'A client that proves itself by a certificate in a PFX archive is not supported. Give it a secret, or use a connection with the certificate and its key.',
    );
  }
  const authority = text('authority').trim().replace(/\/+$/, '');
  return resolveOAuthSettings({
    identityProvider: 'aad',
    clientId: text('clientId'),
    scopes: [],
    customParameters: {
      grantType: 'client_credentials',
      tenantId: text('tenant'),
      resourceUri: text('audience'),
      ...(authority === '' ? {} : { loginUri: authority }),
    },
    secrets: { clientSecret: text('secret') },
    connectionValues: {},
    redirectUrl: '',
  });
}

/** A PKCS #12 archive in base64; certificate and key may be there in PEM as well. */
function certificateOf(pfx: string, passphrase: string): TlsOptions {
  if (pfx.trim() === '') {
    throw new CredentialError(
      'credential-invalid',
      'There is no certificate to show. Give "pfx" the archive in base64.',
    );
  }
  const secret = passphrase === '' ? {} : { passphrase };
  return pfx.includes('-----BEGIN ') ? { certificate: pfx, key: pfx, ...secret } : { archive: pfx, ...secret };
}

function memberText(authentication: Value, name: string): string {
  if (typeof authentication !== 'object' || authentication === null) return '';
  const members = authentication as { readonly [name: string]: Value };
  const found = Object.keys(members).find((key) => key.toLowerCase() === name.toLowerCase());
  const value = found === undefined ? undefined : members[found];
  return value === undefined || value === null ? '' : toText(value);
}
