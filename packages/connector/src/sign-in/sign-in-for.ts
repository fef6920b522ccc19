import {
  type Credential,
  combineCredentials,
  type OAuthSettings,
  resolveOAuthSettings,
  type Texts,
} from '@patchbay/credential';
import type { ConnectorModel, JsonValue } from '@patchbay/definition';
import { ConnectorError } from '../errors.ts';
import { chooseSchemes, type NamedScheme, parametersOf } from './choose-schemes.ts';
import { describeOAuth } from './oauth-description.ts';
import { staticCredential } from './static-credential.ts';

/** What a connection holds, by connection parameter name. */
export type ConnectionValues = { readonly [name: string]: JsonValue };

export type SignInOptions = {
  /** Which of several parameter sets the connection was made with. */
  readonly parameterSet?: string;
  /** Secrets of the connector's own client, by member name. */
  readonly clientSecrets?: (parameter: string) => Texts;
  /** Where the provider answers to. */
  readonly redirectUrl?: string;
  /** What a reference in the definition means, e.g. `@environmentVariables("name")`; anything else stays as it is. */
  readonly resolve?: (text: string) => string;
};

/** How a connection proves itself: with what it holds, and with a token that is got for it. */
export type SignIn = {
  readonly credential: Credential;
  readonly oauth?: OAuthSettings;
  /** Certificate authorities in PEM that are trusted besides the usual. */
  readonly certificateAuthorities?: string;
};

/**
 * What a connector's security asks for, from a connection's values. All schemes of one requirement apply, to every operation. Throws
 * `ConnectorError` and `CredentialError` naming what is missing.
 */
export function signInFor(model: ConnectorModel, values: ConnectionValues, options: SignInOptions = {}): SignIn {
  const parameters = parametersOf(model, options.parameterSet);
  const schemes = chooseSchemes(model, parameters, new Set(Object.keys(values)));
  const parameter = parameters.find(({ type }) => type === 'oauthSetting');
  const oauthScheme = schemes.find(isOAuth) ?? (parameter === undefined ? undefined : anyOAuth(model));
  const givenToken = values[parameter?.name ?? 'token'];
  const credentials = schemes
    .filter((one) => !isOAuth(one))
    .map((one) => staticCredential(model, parameters, one, values));
  const certificate = certificateOf(values);
  const needsOAuth = parameter !== undefined || schemes.some(isOAuth);
  // A token that somebody brings along needs no sign-in.
  const bearer: readonly Credential[] =
    needsOAuth && typeof givenToken === 'string' && givenToken !== '' ? [{ kind: 'bearer', token: givenToken }] : [];
  const authorities = values['tls:ca'];
  return {
    credential: combineCredentials([...credentials, ...certificate, ...bearer]),
    ...(needsOAuth &&
      bearer.length === 0 && {
        oauth: resolveOAuthSettings(
          describeOAuth({
            parameter,
            parameters,
            scheme: oauthScheme,
            values,
            clientSecrets: options.clientSecrets?.(parameter?.name ?? 'token') ?? {},
            redirectUrl: options.redirectUrl ?? '',
            resolve: options.resolve ?? String,
          }),
        ),
      }),
    ...(typeof authorities === 'string' && authorities !== '' && { certificateAuthorities: authorities }),
  };
}

/** The whole credential of a connection whose token has come. */
export function completeCredential({ credential }: Pick<SignIn, 'credential'>, accessToken: string): Credential {
  return combineCredentials([credential, { kind: 'bearer', token: accessToken }]);
}

/** The credential of a connection that needs no token to be got. Throws `credential-missing` for one that does. */
export function credentialFor(model: ConnectorModel, values: ConnectionValues): Credential {
  const { credential, oauth } = signInFor(model, values);
  if (oauth === undefined) return credential;
  throw new ConnectorError(
    'credential-missing',
    'The connector signs in with OAuth 2.0. Give an access token as "token", or sign in on a server.',
  );
}

function isOAuth({ scheme }: NamedScheme): boolean {
  return scheme.kind === 'oauth2' || scheme.kind === 'openIdConnect';
}

function anyOAuth(model: ConnectorModel): NamedScheme | undefined {
  for (const [name, scheme] of model.securitySchemes) {
    if (scheme.kind === 'oauth2' || scheme.kind === 'openIdConnect') return { name, scheme, scopes: [] };
  }
  return undefined;
}

/** A certificate counts whether or not the description has a scheme for it: Swagger 2.0 has none. */
function certificateOf(values: ConnectionValues): readonly Credential[] {
  const [certificate, key, passphrase] = ['tls:certificate', 'tls:key', 'tls:passphrase'].map((name) => values[name]);
  if (typeof certificate !== 'string' || certificate === '') return [];
  if (typeof key !== 'string' || key === '') {
    throw new ConnectorError(
      'credential-missing',
      'The connection holds a certificate without its key. Give it as "tls:key".',
    );
  }
  const hasPassphrase = typeof passphrase === 'string' && passphrase !== '';
  return [{ kind: 'clientCertificate', certificate, key, ...(hasPassphrase && { passphrase }) }];
}
