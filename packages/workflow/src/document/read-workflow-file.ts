import { compileValue, ExpressionError, type JsonValue, scopeFromInputs, toJson } from '@patchbay/expression';
import { lastSegment } from '../actions/connection-host.ts';
import type { ConnectionReference } from '../contract.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { isArray, isObject } from '../plan/json.ts';
import type { FlowDocument } from './flow-document.ts';
import { readFlows } from './read-flows.ts';

/** What of a flow's documents it takes to run it. */
export type WorkflowFile = {
  readonly definition: JsonValue;
  /** Values for the definition's parameters, by name. */
  readonly parameters: { readonly [name: string]: JsonValue };
  readonly connectionReferences: { readonly [name: string]: ConnectionReference };
  readonly kind: 'Stateful' | 'Stateless';
  readonly displayName?: string;
  /** Which product it was written for, as its definition or its form tells. */
  readonly dialect?: Dialect;
  /** What `appsetting()` reads. */
  readonly appSettings?: { readonly [name: string]: string };
};

/** The first flow of a document of any form that {@link readFlows} reads; `undefined` when it holds none. */
export function readWorkflowFile(document: JsonValue): WorkflowFile | undefined {
  const [flow] = readFlows([{ kind: 'json', name: 'workflow.definition.json', root: document }]).flows;
  return flow && runnableFlow(flow);
}

/** A flow made ready to run: connections by name, and values that ask for settings of their project filled in. */
export function runnableFlow(flow: FlowDocument): WorkflowFile {
  const { definition, connections, dialect, appSettings, name, kind } = flow;
  return {
    definition,
    parameters: Object.fromEntries(
      Object.entries(flow.parameters).map(([key, value]) => [key, withSettings(value, appSettings)]),
    ),
    connectionReferences: Object.fromEntries(
      Object.entries(connections).map(([reference, { api, connection }]) => [
        reference,
        { connectorName: lastSegment(api), connectionName: lastSegment(connection) },
      ]),
    ),
    kind: kind?.toLowerCase() === 'stateless' ? 'Stateless' : 'Stateful',
    displayName: name,
    ...(dialect !== undefined && { dialect }),
    appSettings,
  };
}

/** Values of a Standard project may be `@appsetting('…')`; one that is not set stays as it is written. */
function withSettings(value: JsonValue, appsettings: FlowDocument['appSettings']): JsonValue {
  if (isArray(value)) return value.map((item) => withSettings(item, appsettings));
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withSettings(item, appsettings)]));
  }
  if (typeof value !== 'string' || !/appsetting\s*\(/i.test(value)) return value;
  try {
    return toJson(compileValue(value)(scopeFromInputs({ appsettings })));
  } catch (error) {
    if (error instanceof ExpressionError) return value;
    throw error;
  }
}
