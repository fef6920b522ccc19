import type { Credential } from '@patchbay/credential';
import type { ConnectionParameter, ConnectorModel, JsonValue, SecurityScheme } from '@patchbay/definition';
import { ConnectorError } from './errors.ts';

/** What a connection holds, by connection parameter name. */
export type ConnectionValues = { readonly [name: string]: JsonValue };

/**
 * The credential that a connector's security asks for, from a connection's values. The first scheme that the definition requires
 * counts, as in the ecosystem; it is applied to every operation.
 */
export function credentialFor(model: ConnectorModel, values: ConnectionValues): Credential {
  const [name, scheme] = schemeOf(model) ?? [];
  if (name === undefined || scheme === undefined) return { kind: 'none' };
  switch (scheme.kind) {
    case 'apiKey':
      return {
        kind: 'apiKey',
        in: scheme.in,
        name: scheme.name,
        value: required(model, values, apiKeyNames(model, name), 'API key'),
      };
    case 'basic':
      return {
        kind: 'basic',
        username: required(model, values, basicNames(model, 'username', 0), 'user name'),
        password: optional(values, basicNames(model, 'password', 1)) ?? '',
      };
    case 'bearer':
      return { kind: 'bearer', token: required(model, values, apiKeyNames(model, name), 'access token') };
    case 'oauth2':
    case 'openIdConnect':
    case 'mutualTls':
    case 'http':
      throw new ConnectorError(
        'security-unsupported',
        `The connector signs in with ${titleOf(scheme)} (${name}), which this version does not do. API key, bearer token, basic and no security work.`,
      );
  }
}

function titleOf(
  scheme: Extract<SecurityScheme, { readonly kind: 'oauth2' | 'openIdConnect' | 'mutualTls' | 'http' }>,
) {
  switch (scheme.kind) {
    case 'oauth2':
      return 'OAuth 2.0';
    case 'openIdConnect':
      return 'OpenID Connect';
    case 'mutualTls':
      return 'a client certificate';
    case 'http':
      return `HTTP ${scheme.scheme} authentication`;
  }
}

/** Names of the connection parameters whose values are secret: sealed at rest and never given back. */
export function secretParameterNames(model: ConnectorModel): ReadonlySet<string> {
  return new Set(
    allParameters(model)
      .filter((parameter) => parameter.type === 'securestring')
      .map((parameter) => parameter.name),
  );
}

/** Names of everything that connections can hold. */
export function parameterNames(model: ConnectorModel): ReadonlySet<string> {
  return new Set(allParameters(model).map((parameter) => parameter.name));
}

function allParameters(model: ConnectorModel): readonly ConnectionParameter[] {
  return [...model.connectionParameters, ...model.connectionParameterSets.flatMap((set) => set.parameters)];
}

function schemeOf(model: ConnectorModel): readonly [string, SecurityScheme] | undefined {
  const named = model.security.flatMap((requirement) => [...requirement.keys()]);
  const name = named.find((one) => model.securitySchemes.has(one)) ?? model.securitySchemes.keys().next().value;
  const scheme = name === undefined ? undefined : model.securitySchemes.get(name);
  return name === undefined || scheme === undefined ? undefined : [name, scheme];
}

/** The parameter is named after the scheme; where it is not, the customary name or the only secret is meant. */
function apiKeyNames(model: ConnectorModel, scheme: string): readonly string[] {
  const secrets = [...secretParameterNames(model)];
  return [scheme, 'api_key', 'apiKey', ...(secrets.length === 1 ? secrets : [])];
}

function basicNames(model: ConnectorModel, name: string, position: number): readonly string[] {
  const parameters = allParameters(model);
  const similar = parameters.find((parameter) => parameter.name.toLowerCase() === name)?.name;
  const byPosition = parameters.length >= 2 ? parameters[position]?.name : undefined;
  return [name, ...(similar === undefined ? [] : [similar]), ...(byPosition === undefined ? [] : [byPosition])];
}

function required(model: ConnectorModel, values: ConnectionValues, names: readonly string[], what: string): string {
  const value = optional(values, names);
  if (value !== undefined && value !== '') return value;
  const declared = new Set(allParameters(model).map((parameter) => parameter.name));
  const name = names.find((one) => declared.has(one)) ?? names[0] ?? '';
  throw new ConnectorError('credential-missing', `The connection holds no ${what}. Give it as "${name}".`);
}

function optional(values: ConnectionValues, names: readonly string[]): string | undefined {
  const name = names.find((one) => Object.hasOwn(values, one) && values[one] !== null);
  const value = name === undefined ? undefined : values[name];
  return value === undefined ? undefined : String(value);
}
