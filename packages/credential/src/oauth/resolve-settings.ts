import { CredentialError } from '../errors.ts';
import type { ClientAuthenticationMethod, IdentityProvider, OAuthGrant, OAuthSettings, Texts } from './contract.ts';
import { expandTemplate, fillTemplate } from './fill-template.ts';
import { findIdentityProvider } from './provider-table.ts';

/** What a connector says of its sign-in, and what a connection gives to it. */
export type OAuthDescription = {
  readonly identityProvider: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** `customParameters` by name, in any case. */
  readonly customParameters: Texts;
  /** Secrets of the connector's own client: `clientSecret`, `privateKey`, `certificate`, in any case. */
  readonly secrets: Texts;
  /** What the connection gives as `token:<name>`, by name in any case, and `username` and `password`. Empty values count as not given. */
  readonly connectionValues: Texts;
  /** Where the provider answers to; empty where nobody signs in through a browser. */
  readonly redirectUrl: string;
  /** The grant of the description's own flow, where the settings name none. */
  readonly grant?: OAuthGrant;
};

const grants: { readonly [name: string]: OAuthGrant } = {
  code: 'authorization-code',
  authorizationcode: 'authorization-code',
  authorizationcodewithfederatedidentitycredentials: 'authorization-code',
  clientcredentials: 'client-credentials',
  password: 'password',
  jwtbearer: 'jwt-bearer',
  'urn:ietf:params:oauth:granttype:jwtbearer': 'jwt-bearer',
  devicecode: 'device-code',
  'urn:ietf:params:oauth:granttype:devicecode': 'device-code',
  onbehalfof: 'on-behalf-of',
};

const methods: readonly string[] = [
  'client_secret_post',
  'client_secret_basic',
  'private_key_jwt',
  'none',
] satisfies readonly ClientAuthenticationMethod[];

/** The address that definitions of the ecosystem have where this platform's own belongs. */
const foreignRedirect =
  /https?(?::|%3a)(?:\/|%2f){2}[\w-]+\.consent\.azure-apim\.net(?:\/|%2f)redirect(?:(?:\/|%2f)[\w-]*)?/gi;

/** Brings together what the provider, the connector and the connection say. Throws `oauth-settings-invalid`. */
export function resolveOAuthSettings(description: OAuthDescription): OAuthSettings {
  const provider = findIdentityProvider(description.identityProvider);
  if (provider === undefined) {
    throw new CredentialError(
      'oauth-settings-invalid',
      `The identity provider "${description.identityProvider}" is not known. Use oauth2 or oauth2generic with the addresses of the provider.`,
    );
  }
  const given = lowerCase(description.connectionValues);
  const settings = { ...lowerCase(provider.defaults ?? {}), ...lowerCase(description.customParameters) };
  const own = Object.fromEntries(Object.entries(settings).filter(([name]) => !Object.hasOwn(given, name)));
  const secrets = lowerCase(description.secrets);
  const clientId = given['clientid'] ?? description.clientId;
  const values: { [name: string]: string } = { ...own, ...secrets, ...given, clientid: clientId };
  for (const [name, value] of Object.entries(own)) values[name] = fillTemplate(value, given);
  const delimiter = settings['scopelistdelimiter'] ?? provider.scopeDelimiter ?? ' ';
  const scopes = given['scopes'] ?? given['scope'] ?? fillTemplate(description.scopes.join(delimiter), given);
  values['scopes'] = scopes;
  values['scope'] = scopes;
  values['redirecturl'] = description.redirectUrl;
  return {
    grant: grantOf(values, description),
    provider: expandProvider(provider, own),
    clientId,
    authentication: authenticationOf(provider, values),
    values,
    isOnBehalfOf: /^true$/i.test(settings['enableonbehalfoflogin'] ?? ''),
  };
}

function grantOf(values: Texts, { grant }: OAuthDescription): OAuthGrant {
  const stated = values['granttype'];
  if (stated === undefined) return grant ?? 'authorization-code';
  const known = grants[stated.toLowerCase().replaceAll(/[_-]/g, '')];
  if (known !== undefined) return known;
  throw new CredentialError(
    'oauth-settings-invalid',
    `The grant type "${stated}" is not known. Use authorization_code, client_credentials, password, jwt_bearer or device_code.`,
  );
}

function authenticationOf(provider: IdentityProvider, values: Texts): ClientAuthenticationMethod {
  const stated = values['clientauthentication'] ?? values['tokenendpointauthmethod'];
  if (stated !== undefined) {
    if (methods.includes(stated)) return stated as ClientAuthenticationMethod;
    throw new CredentialError(
      'oauth-settings-invalid',
      `The client authentication "${stated}" is not known. Use ${methods.join(', ')}.`,
    );
  }
  if (provider.clientAuthentication === 'private_key_jwt') return 'private_key_jwt';
  const hasSecret = (values['clientsecret'] ?? '') !== '';
  if (!hasSecret) return (values['privatekey'] ?? '') === '' ? 'none' : 'private_key_jwt';
  return provider.clientAuthentication ?? 'client_secret_post';
}

/** The provider's templates with the author's settings in place, and this platform's redirect address in that of another. */
function expandProvider(provider: IdentityProvider, own: Texts): IdentityProvider {
  const expand = (template: string): string =>
    expandTemplate(template, own).replaceAll(foreignRedirect, '{RedirectUrl}');
  const some = (name: keyof IdentityProvider & string): Partial<IdentityProvider> => {
    const template = provider[name];
    if (typeof template !== 'string') return {};
    const expanded = expand(template);
    // A template that the author left out is not there at all.
    return expanded === template && isOneName(template) ? { [name]: undefined } : { [name]: expanded };
  };
  const merged = { ...provider };
  for (const name of templateNames) Object.assign(merged, some(name));
  return merged;
}

const templateNames = [
  'authorizationUrl',
  'authorizationQuery',
  'tokenUrl',
  'tokenQuery',
  'tokenBody',
  'refreshUrl',
  'refreshQuery',
  'refreshBody',
  'deviceAuthorizationUrl',
] as const;

function isOneName(template: string): boolean {
  return /^\{\w+Template\}$/.test(template);
}

/** Names in lower case; what is empty is not given. */
function lowerCase(texts: Texts): Texts {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, value]) => (value.trim() === '' ? [] : [[name.toLowerCase(), value]])),
  );
}
