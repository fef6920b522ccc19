import type { ConnectionParameter, ConnectorModel, JsonObject } from '../model.ts';
import { members, someItems, someText } from './writing.ts';

/** Writes `apiProperties.json`. */
export function writeProperties(model: ConnectorModel): JsonObject {
  const { info, connectionParameterSets, connectionParameterSetsAbout } = model;
  const hasSets = connectionParameterSets.length > 0 || connectionParameterSetsAbout !== undefined;
  const saysParameters = model.connectionParameters.length > 0 || !hasSets;
  return {
    properties: members({
      connectionParameters: saysParameters ? writeParameters(model.connectionParameters) : undefined,
      connectionParameterSets: hasSets
        ? {
            ...connectionParameterSetsAbout,
            values: connectionParameterSets.map(({ source, parameters }) => ({
              ...source,
              parameters: writeParameters(parameters),
            })),
          }
        : undefined,
      iconBrandColor: info.iconBrandColor,
      capabilities: info.capabilities,
      policyTemplateInstances: someItems(
        model.policies.map(({ templateId, title, parameters, further }) =>
          members({ templateId, title: someText(title), parameters, ...further }),
        ),
      ),
      scriptOperations: someItems(model.scriptOperations),
      publisher: info.publisher,
      stackOwner: info.stackOwner,
      ...model.furtherProperties,
    }),
  };
}

function writeParameters(parameters: readonly ConnectionParameter[]): JsonObject {
  return Object.fromEntries(parameters.map(({ name, source }) => [name, source]));
}
