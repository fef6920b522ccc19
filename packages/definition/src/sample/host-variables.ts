import type { ConnectionParameter, JsonObject, PolicyInstance } from '../model.ts';
import type { CapturedBase } from './captured-request.ts';
import { parameterName, replaceVariables } from './variables.ts';

type VariableBase = CapturedBase & { readonly kind: 'variable' };

/**
 * The policy that gives operations an address only a connection can complete, as the ecosystem does it (policy template
 * `dynamichosturl`). `operationIds` is empty when it concerns every operation.
 */
export function hostPolicy(base: VariableBase, operationIds: readonly string[]): PolicyInstance {
  const url = replaceVariables(base.text, (name) => `@connectionParameters('${parameterName(name)}')`);
  return {
    templateId: 'dynamichosturl',
    title: `Host from ${base.variables.map(parameterName).join(', ')}`,
    parameters: {
      'x-ms-apimTemplateParameter.urlTemplate': url,
      ...(operationIds.length > 0 && { 'x-ms-apimTemplate-operationName': operationIds }),
    },
  };
}

/** What a person enters for a variable of an address. */
export function hostParameter(variable: string, isWhole: boolean, tabIndex: number): ConnectionParameter {
  const name = parameterName(variable);
  const description = isWhole
    ? 'The address of the API, with its scheme and base path.'
    : `The part of the API’s address that is called ${variable}.`;
  const constraints: JsonObject = { tabIndex, required: 'true' };
  return {
    name,
    type: 'string',
    displayName: variable,
    description,
    tooltip: '',
    required: true,
    hidden: false,
    clearText: true,
    tabIndex,
    allowedValues: [],
    source: { type: 'string', uiDefinition: { displayName: variable, description, constraints } },
  };
}
