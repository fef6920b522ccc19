import { type ConnectionValues, secretParameterNames } from '@patchbay/connector';
import type { SecretValues } from '@patchbay/credential';
import type { ConnectorModel, JsonValue } from '@patchbay/definition';

/** What the connector does not know is taken for a secret: better sealed for nothing than readable by mistake. */
export function splitValues(
  model: ConnectorModel,
  values: ConnectionValues,
): { readonly secrets: SecretValues; readonly readable: ConnectionValues } {
  const secretNames = secretParameterNames(model);
  const known = new Set(
    [...model.connectionParameters, ...model.connectionParameterSets.flatMap((set) => set.parameters)].map(
      (parameter) => parameter.name,
    ),
  );
  const isSecret = (name: string): boolean => secretNames.has(name) || !known.has(name);
  const entries = Object.entries(values);
  return {
    secrets: Object.fromEntries(
      entries.filter(([name]) => isSecret(name)).map(([name, value]) => [name, secretText(value)]),
    ),
    readable: Object.fromEntries(entries.filter(([name]) => !isSecret(name))),
  };
}

function secretText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
