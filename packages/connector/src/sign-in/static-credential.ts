import type { Credential } from '@patchbay/credential';
import type { ConnectionParameter, ConnectorModel, JsonValue, SecurityScheme } from '@patchbay/definition';
import { ConnectorError } from '../errors.ts';
import type { NamedScheme } from './choose-schemes.ts';

type Values = { readonly [name: string]: JsonValue };
type Parameters = readonly ConnectionParameter[];

/** What one scheme takes from a connection's values. Throws `ConnectorError`. */
export function staticCredential(
  model: ConnectorModel,
  parameters: Parameters,
  { name, scheme }: NamedScheme,
  values: Values,
): Credential {
  if (isAwsSignature(scheme)) return awsSignature(model, parameters, values);
  switch (scheme.kind) {
    case 'apiKey':
      return {
        kind: 'apiKey',
        in: scheme.in,
        name: scheme.name,
        value: required(parameters, values, apiKeyNames(parameters, name), 'API key'),
      };
    case 'basic':
      return {
        kind: 'basic',
        username: required(parameters, values, basicNames(parameters, 'username', 0), 'user name'),
        password: optional(values, basicNames(parameters, 'password', 1)) ?? '',
      };
    case 'bearer':
      return { kind: 'bearer', token: required(parameters, values, apiKeyNames(parameters, name), 'access token') };
    case 'mutualTls':
      required(parameters, values, ['tls:certificate'], 'client certificate');
      return { kind: 'none' };
    case 'http':
      throw new ConnectorError(
        'security-unsupported',
        `The connector signs in with HTTP ${scheme.scheme} authentication (${name}), which this version does not do.`,
      );
    case 'oauth2':
    case 'openIdConnect':
      return { kind: 'none' };
  }
}

/** By the registry of HTTP schemes, or as API gateways mark their key. */
function isAwsSignature(scheme: SecurityScheme): boolean {
  if (scheme.kind === 'http') return scheme.scheme === 'aws4-hmac-sha256';
  const type = scheme.extensions['x-amazon-apigateway-authtype'];
  return typeof type === 'string' && /sigv4/i.test(type);
}

function awsSignature({ server }: ConnectorModel, parameters: Parameters, values: Values): Credential {
  // e.g. abc.execute-api.eu-west-1.amazonaws.com
  const inHost = /(?:^|\.)([a-z0-9-]+)\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com/.exec(server.host);
  const sessionToken = optional(values, ['sessionToken']);
  const given = (name: string, fallback: string | undefined, what: string): string => {
    const value = optional(values, [name]) ?? fallback;
    return value ?? required(parameters, values, [name], what);
  };
  return {
    kind: 'awsSignature',
    accessKeyId: required(parameters, values, ['accessKeyId'], 'access key id'),
    secretAccessKey: required(parameters, values, ['secretAccessKey'], 'secret access key'),
    ...(sessionToken !== undefined && sessionToken !== '' && { sessionToken }),
    region: given('region', inHost?.[2], 'region'),
    service: given('service', inHost?.[1], 'service'),
  };
}

/** The parameter is named after the scheme; where it is not, the customary name or the only secret is meant. */
function apiKeyNames(parameters: Parameters, scheme: string): readonly string[] {
  const secrets = parameters.filter(({ type }) => type === 'securestring').map(({ name }) => name);
  return [scheme, 'api_key', 'apiKey', ...(secrets.length === 1 ? secrets : [])];
}

function basicNames(parameters: Parameters, name: string, position: number): readonly string[] {
  const similar = parameters.find((parameter) => parameter.name.toLowerCase() === name)?.name;
  const byPosition = parameters.length >= 2 ? parameters[position]?.name : undefined;
  return [name, ...(similar === undefined ? [] : [similar]), ...(byPosition === undefined ? [] : [byPosition])];
}

function required(parameters: Parameters, values: Values, names: readonly string[], what: string): string {
  const value = optional(values, names);
  if (value !== undefined && value !== '') return value;
  const declared = new Set(parameters.map((parameter) => parameter.name));
  const name = names.find((one) => declared.has(one)) ?? names[0] ?? '';
  throw new ConnectorError('credential-missing', `The connection holds no ${what}. Give it as "${name}".`);
}

function optional(values: Values, names: readonly string[]): string | undefined {
  const name = names.find((one) => Object.hasOwn(values, one) && values[one] !== null);
  const value = name === undefined ? undefined : values[name];
  return value === undefined ? undefined : String(value);
}
