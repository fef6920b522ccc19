import type { ConnectionParameter, ConnectorModel } from '@patchbay/definition';

/** Names of the connection parameters whose values are secret: sealed at rest and never given back. */
export function secretParameterNames(model: ConnectorModel): ReadonlySet<string> {
  return new Set(
    allParameters(model)
      .filter(({ type, name }) => type === 'securestring' || type === 'oauthSetting' || /secret$/i.test(name))
      .map(({ name }) => name),
  );
}

/** Names of everything that connections can hold. */
export function parameterNames(model: ConnectorModel): ReadonlySet<string> {
  return new Set(allParameters(model).map(({ name }) => name));
}

function allParameters(model: ConnectorModel): readonly ConnectionParameter[] {
  return [...model.connectionParameters, ...model.connectionParameterSets.flatMap((set) => set.parameters)];
}
