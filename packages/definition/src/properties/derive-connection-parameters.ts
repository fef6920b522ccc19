import type { ConnectionParameter, ConnectorModel, JsonObject, SecurityScheme } from '../model.ts';
import type { Reading } from '../source/reading.ts';

/**
 * What a person supplies for a description that comes without properties: what the first required security scheme needs. `pointer`
 * is where the description keeps its schemes.
 */
export function deriveConnectionParameters(
  reading: Reading,
  schemes: ReadonlyMap<string, SecurityScheme>,
  security: ConnectorModel['security'],
  pointer: string,
): readonly ConnectionParameter[] {
  const required = security.flatMap((requirement) => [...requirement.keys()]).find((name) => schemes.has(name));
  const name = required ?? schemes.keys().next().value;
  const scheme = name === undefined ? undefined : schemes.get(name);
  if (name === undefined || scheme === undefined) return [];
  if (schemes.size > 1) reading.report('security-ambiguous', pointer, { name });
  const parameters = parametersOf(name, scheme);
  if (parameters.length > 0) reading.lose('connection-parameters-inferred', pointer, { name });
  return parameters;
}

function parametersOf(name: string, scheme: SecurityScheme): readonly ConnectionParameter[] {
  switch (scheme.kind) {
    case 'apiKey':
      return [secret(name, 'API key', 1)];
    case 'bearer':
      return [secret(name, 'Access token', 1)];
    case 'basic':
      return [secret('username', 'User name', 1, true), secret('password', 'Password', 2)];
    case 'oauth2':
    case 'openIdConnect':
      return [
        {
          ...always,
          name: 'token',
          type: 'oauthSetting',
          displayName: 'Sign in',
          clearText: false,
          tabIndex: 1,
          source: {
            type: 'oauthSetting',
            uiDefinition: { displayName: 'Sign in', constraints: { tabIndex: 1, required: 'true' } },
          },
        },
      ];
    case 'http':
    case 'mutualTls':
      return [];
  }
}

const always = { description: '', tooltip: '', required: true, hidden: false, allowedValues: [] } as const;

function secret(name: string, displayName: string, tabIndex: number, clearText = false): ConnectionParameter {
  const constraints: JsonObject = { tabIndex, clearText, required: 'true' };
  const source = { type: 'securestring', uiDefinition: { displayName, constraints } };
  return { ...always, name, type: 'securestring', displayName, clearText, tabIndex, source };
}
