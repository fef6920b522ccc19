import type { ConnectionParameter, ConnectorModel, JsonObject, SecurityScheme } from '../model.ts';
import type { Reading } from '../source/reading.ts';
import { readConnectionParameter } from './read-properties.ts';

/**
 * What a person supplies for a description that comes without properties: what the schemes of the first requirement need. `pointer`
 * is where the description keeps its schemes.
 */
export function deriveConnectionParameters(
  reading: Reading,
  schemes: ReadonlyMap<string, SecurityScheme>,
  security: ConnectorModel['security'],
  pointer: string,
): readonly ConnectionParameter[] {
  const names = requiredNames(schemes, security);
  const [first] = names;
  if (first === undefined) return [];
  if (schemes.size > names.length) reading.report('security-ambiguous', pointer, { name: first });
  const derived = names.flatMap((name) => {
    const scheme = schemes.get(name);
    const parameters = Object.entries(scheme === undefined ? {} : entriesOf(name, scheme)).map(([entry, source]) =>
      readConnectionParameter(reading, entry, source, pointer),
    );
    if (parameters.length > 0) reading.lose('connection-parameters-inferred', pointer, { name });
    return parameters;
  });
  return derived.filter(({ name }, index) => derived.findIndex((one) => one.name === name) === index);
}

/** All schemes of the first requirement, which apply together; without a requirement the first scheme. */
function requiredNames(
  schemes: ReadonlyMap<string, SecurityScheme>,
  security: ConnectorModel['security'],
): readonly string[] {
  const known = security.map((requirement) => [...requirement.keys()].filter((name) => schemes.has(name)));
  return known.find((names) => names.length > 0) ?? [...schemes.keys()].slice(0, 1);
}

/** Entries of `connectionParameters` by name, as their author would have written them. */
function entriesOf(name: string, scheme: SecurityScheme): { readonly [name: string]: JsonObject } {
  switch (scheme.kind) {
    case 'apiKey':
      if ('x-amazon-apigateway-authtype' in scheme.extensions) return awsParameters;
      return { [name]: secret('API key', 1) };
    case 'bearer':
      return { [name]: secret('Access token', 1) };
    case 'basic':
      return { username: secret('User name', 1, true), password: secret('Password', 2) };
    case 'oauth2':
    case 'openIdConnect':
      return {
        token: {
          type: 'oauthSetting',
          uiDefinition: { displayName: 'Sign in', constraints: { tabIndex: 1, required: 'true' } },
        },
      };
    case 'mutualTls':
      return {
        'tls:certificate': secret('Client certificate (PEM)', 1),
        'tls:key': secret('Key of the certificate (PEM)', 2),
      };
    case 'http':
      return scheme.scheme === 'aws4-hmac-sha256' ? awsParameters : {};
  }
}

const awsParameters: { readonly [name: string]: JsonObject } = {
  accessKeyId: secret('Access key ID', 1, true),
  secretAccessKey: secret('Secret access key', 2),
};

function secret(displayName: string, tabIndex: number, clearText = false): JsonObject {
  const constraints: JsonObject = { tabIndex, clearText, required: 'true' };
  return { type: 'securestring', uiDefinition: { displayName, constraints } };
}
