import type { JsonValue } from '@patchbay/expression';
import { isArray, isObject, type JsonObject, memberAt, textMember } from '../plan/json.ts';
import type { FlowDocument } from './flow-document.ts';
import { connectionsFile, keptOfConnections } from './write-connections.ts';
import { type FormWriter, fileName, jsonFile, keptDialect, reportVariables } from './write-context.ts';

/** A Standard project with one workflow. */
export const writeStandard: FormWriter = (flow, context) => {
  reportVariables(flow, context);
  for (const what of keptOfConnections(flow.connections, ['logicalName', 'source'])) {
    context.report('kept-for-patchbay', { what });
  }
  const folder = fileName(flow.name);
  if (folder !== flow.name)
    context.report('not-carried', { what: `the name "${flow.name}", which no folder can have` });
  return [
    jsonFile(`${folder}/workflow.json`, {
      definition: flow.definition,
      kind: flow.kind ?? 'Stateful',
      ...keptDialect(context),
    }),
    jsonFile('connections.json', connectionsFile(flow.connections)),
    jsonFile('parameters.json', parametersFile(flow)),
    jsonFile('host.json', {
      version: '2.0',
      extensionBundle: { id: 'Microsoft.Azure.Functions.ExtensionBundle.Workflows', version: '[1.*, 2.0.0)' },
    }),
    ...(Object.keys(flow.appSettings).length === 0
      ? []
      : [jsonFile('local.settings.json', { IsEncrypted: false, Values: flow.appSettings })]),
  ];
};

function parametersFile({ parameters, definition }: FlowDocument): JsonObject {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      const type = textMember(memberAt(definition, 'parameters', name), 'type') ?? typeOf(value);
      return [name, { type, value }];
    }),
  );
}

function typeOf(value: JsonValue): string {
  if (typeof value === 'string') return 'String';
  if (typeof value === 'boolean') return 'Bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'Int' : 'Float';
  return isArray(value) ? 'Array' : isObject(value) ? 'Object' : 'String';
}
