import type { ConnectionParameter, ConnectorModel, JsonObject, SecurityScheme } from '../model.ts';
import type { Reading } from '../source/reading.ts';
import { readConnectionParameter } from './read-properties.ts';

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
  const parameters = Object.entries(entriesOf(name, scheme)).map(([entry, source]) =>
    readConnectionParameter(reading, entry, source, pointer),
  );
  if (parameters.length > 0) reading.lose('connection-parameters-inferred', pointer, { name });
  return parameters;
}

/** Entries of `connectionParameters` by name, as their author would have written them. */
function entriesOf(name: string, scheme: SecurityScheme): { readonly [name: string]: JsonObject } {
  switch (scheme.kind) {
    case 'apiKey':
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
    case 'http':
    case 'mutualTls':
      return {};
  }
}

function secret(displayName: string, tabIndex: number, clearText = false): JsonObject {
  const constraints: JsonObject = { tabIndex, clearText, required: 'true' };
  return { type: 'securestring', uiDefinition: { displayName, constraints } };
}
