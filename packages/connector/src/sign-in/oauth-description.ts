import type { OAuthDescription, OAuthGrant, Texts } from '@patchbay/credential';
import type { ConnectionParameter, JsonObject, JsonValue } from '@patchbay/definition';
import { ConnectorError } from '../errors.ts';
import type { NamedScheme } from './choose-schemes.ts';

/** Members of OAuth settings that are secret: kept apart from the properties, sealed. */
export const clientSecretMembers: readonly string[] = ['clientsecret', 'privatekey', 'certificatekey'];

const flowGrants: { readonly [flow: string]: OAuthGrant } = {
  accessCode: 'authorization-code',
  implicit: 'authorization-code',
  application: 'client-credentials',
  password: 'password',
  device: 'device-code',
};

/** The OAuth settings of a connection parameter as written, under either spelling. */
export function settingsOf(parameter: ConnectionParameter | undefined): JsonObject {
  const entry = Object.entries(parameter?.source ?? {}).find(([name]) => name.toLowerCase() === 'oauthsettings');
  return isObject(entry?.[1]) ? entry[1] : {};
}

/**
 * What the settings of a `token` parameter, the description's scheme and the connection's values say of a sign-in; the settings win over
 * the scheme. Throws `ConnectorError` when a value is not one of those that the parameter allows.
 */
export function describeOAuth(given: {
  readonly parameter: ConnectionParameter | undefined;
  readonly parameters: readonly ConnectionParameter[];
  readonly scheme: NamedScheme | undefined;
  readonly values: { readonly [name: string]: JsonValue };
  readonly clientSecrets: Texts;
  readonly redirectUrl: string;
  /** Puts what a reference means in its place. */
  readonly resolve: (text: string) => string;
}): OAuthDescription {
  const { parameter, scheme } = given;
  const settings = resolveTexts(settingsOf(parameter), given.resolve) as JsonObject;
  const stated = { ...schemeTexts(scheme), ...customParametersOf(settings) };
  const grant = grantOf(scheme);
  return {
    identityProvider: textOf(memberOf(settings, 'identityProvider')) ?? 'oauth2',
    clientId: textOf(memberOf(settings, 'clientId')) ?? '',
    scopes: scopesOf(settings, scheme),
    customParameters: stated,
    secrets: { ...ownSecrets(settings), ...given.clientSecrets },
    connectionValues: ownValues(parameter?.name ?? 'token', given.parameters, given.values),
    redirectUrl: given.redirectUrl,
    ...(grant !== undefined && { grant }),
  };
}

function grantOf(named: NamedScheme | undefined): OAuthGrant | undefined {
  return named?.scheme.kind === 'oauth2' ? flowGrants[named.scheme.flow] : undefined;
}

function schemeTexts(named: NamedScheme | undefined): Texts {
  if (named?.scheme.kind === 'openIdConnect') return { discoveryurl: named.scheme.discoveryUrl };
  if (named?.scheme.kind !== 'oauth2') return {};
  const { authorizationUrl, tokenUrl, refreshUrl, deviceAuthorizationUrl, metadataUrl } = named.scheme;
  const given = {
    authorizationurl: authorizationUrl,
    tokenurl: tokenUrl,
    refreshurl: refreshUrl,
    deviceauthorizationurl: deviceAuthorizationUrl,
    discoveryurl: metadataUrl,
  };
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function scopesOf(settings: JsonObject, named: NamedScheme | undefined): readonly string[] {
  const stated = memberOf(settings, 'scopes') ?? memberOf(settings, 'scope');
  if (Array.isArray(stated)) return stated.filter((one: JsonValue): one is string => typeof one === 'string');
  if (typeof stated === 'string') return [stated];
  if (named === undefined) return [];
  if (named.scopes.length > 0) return named.scopes;
  return named.scheme.kind === 'oauth2' ? [...named.scheme.scopes.keys()] : ['openid'];
}

/** By name in lower case; a value is an object around it or the text itself. */
function customParametersOf(settings: JsonObject): Texts {
  const custom = memberOf(settings, 'customParameters');
  if (!isObject(custom)) return {};
  return Object.fromEntries(
    Object.entries(custom).flatMap(([name, item]) => {
      const value = textOf(isObject(item) ? item['value'] : item);
      return value === undefined ? [] : [[name.toLowerCase(), value]];
    }),
  );
}

/** Secrets that a file holds as written; a server's definitions hold none. */
function ownSecrets(settings: JsonObject): Texts {
  const names = [...clientSecretMembers, 'certificate', 'keyid'];
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => {
      const text = names.includes(name.toLowerCase()) ? textOf(value) : undefined;
      return text === undefined ? [] : [[name.toLowerCase(), text]];
    }),
  );
}

/** What belongs to the sign-in: `token:<name>`, and a user name and a password for those who ask for them. */
function ownValues(
  owner: string,
  parameters: readonly ConnectionParameter[],
  values: { readonly [name: string]: JsonValue },
): Texts {
  const prefix = `${owner}:`.toLowerCase();
  const own: { [name: string]: string } = {};
  const defaults = parameters.flatMap(({ name, default: value }) =>
    value === undefined ? [] : [[name, value] as const],
  );
  for (const [name, value] of [...defaults, ...Object.entries(values)]) {
    const text = textOf(value);
    const key = name.toLowerCase();
    if (text === undefined || text === '') continue;
    if (key.startsWith(prefix)) {
      checkAllowed(parameters, name, value);
      own[key.slice(prefix.length)] = text;
    } else if (key === 'username' || key === 'password') own[key] ??= text;
  }
  return own;
}

/** Where tokens are asked for can hang on a value: one that was not offered could lead a client's secret elsewhere. */
function checkAllowed(parameters: readonly ConnectionParameter[], name: string, value: JsonValue): void {
  const allowed = parameters.find((parameter) => parameter.name === name)?.allowedValues ?? [];
  if (allowed.length === 0 || allowed.some((one) => String(one.value) === String(value))) return;
  throw new ConnectorError(
    'parameter-invalid',
    `The connection's "${name}" is not one of its values: ${allowed.map((one) => String(one.value)).join(', ')}.`,
  );
}

/** References stand in definitions only: what people give for a connection is taken as it is. */
function resolveTexts(value: JsonValue, resolve: (text: string) => string): JsonValue {
  if (typeof value === 'string') return resolve(value);
  if (Array.isArray(value)) return value.map((item: JsonValue) => resolveTexts(item, resolve));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, resolveTexts(item, resolve)]));
}

export function memberOf(value: JsonObject, name: string): JsonValue | undefined {
  return Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function textOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
