import type { JsonValue } from '@patchbay/expression';
import { findDialect } from '../dialect/find-dialect.ts';
import { isObject, type JsonObject, member } from '../plan/json.ts';
import type { FlowDocument } from './flow-document.ts';
import { readResource } from './read-resource.ts';
import { solutionReferences } from './write-connections.ts';

/** A flow as the management surface takes and gives it. */
export type Deployment = {
  readonly displayName: string;
  readonly definition: JsonObject;
  readonly parameters: JsonObject;
  readonly connectionReferences: JsonObject;
};

/** A flow made ready to be deployed: where the surface has no place for its kind and its dialect, they go into its definition. */
export function deploymentOf(flow: FlowDocument): Deployment {
  const { name, definition, kind, dialect, parameters, connections } = flow;
  const source: JsonObject = isObject(definition) ? definition : {};
  const withKind = kind === undefined ? source : { ...source, kind };
  const metadata = member(source, 'metadata');
  const told = findDialect(withKind) ?? 'consumption';
  const isTold = dialect === undefined || told === dialect;
  return {
    displayName: name,
    definition: isTold ? withKind : { ...withKind, metadata: { ...(isObject(metadata) ? metadata : {}), dialect } },
    parameters: { ...parameters },
    connectionReferences: solutionReferences(connections),
  };
}

/** The flow that was deployed so. */
export function flowOfDeployment(deployment: Deployment, id: string): FlowDocument | undefined {
  const { kind, ...definition } = deployment.definition;
  const document = {
    displayName: deployment.displayName,
    ...(kind !== undefined && { kind }),
    definition: withoutDialect(definition),
    parameters: Object.fromEntries(Object.entries(deployment.parameters).map(([name, value]) => [name, { value }])),
    connectionReferences: deployment.connectionReferences,
  };
  const flow = readResource(document, { file: '', pointer: '', name: deployment.displayName, id });
  const dialect = findDialect(deployment.definition);
  return flow && { ...flow, ...(dialect !== undefined && { dialect }) };
}

function withoutDialect(definition: JsonObject): JsonValue {
  const { metadata, ...rest } = definition;
  if (!isObject(metadata) || metadata['dialect'] === undefined) return definition;
  const { dialect: _dialect, ...others } = metadata;
  return Object.keys(others).length === 0 ? rest : { ...rest, metadata: others };
}
