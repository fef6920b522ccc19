import { randomUUID } from 'node:crypto';
import type { JsonObject, JsonValue } from '@patchbay/definition';
import type { FlowRevisionRow, FlowRow } from '@patchbay/store';
import type { FlowDefinition } from '@patchbay/workflow';
import { connectionsParameter, normaliseReferences, toEngineReferences } from './connection-references.ts';
import { isObject, memberOf } from './flow-document.ts';
import { withKeptSecrets } from './flow-secrets.ts';

/** A flow with its newest revision. */
export type Flow = { readonly row: FlowRow; readonly revision: FlowRevisionRow };

export type FlowChange = {
  readonly displayName?: string;
  readonly definition?: JsonObject;
  readonly connectionReferences?: JsonValue;
  /** Values for the definition's parameters: `{name: value}` or `{name: {value}}`. */
  readonly parameters?: JsonObject;
  readonly state?: FlowRow['state'];
};

/** A flow as it is when it is new. */
export function firstRevision(
  change: FlowChange & { readonly definition: JsonObject },
  environmentId: string,
  accountId: string,
): Flow {
  const nowMs = Date.now();
  const row: FlowRow = {
    id: randomUUID(),
    environmentId,
    displayName: change.displayName ?? 'Untitled flow',
    state: change.state ?? 'Started',
    revision: 1,
    createdBy: accountId,
    createdAtMs: nowMs,
    changedAtMs: nowMs,
  };
  const parameters = plainParameters(change.parameters ?? {});
  return {
    row,
    revision: toRevision(row, change.definition, parameters, normaliseReferences(change.connectionReferences)),
  };
}

/** What runs after a change; secret parameters that are not given again stay. */
export function nextRevision(row: FlowRow, before: FlowRevisionRow, change: FlowChange): Flow {
  const next = { ...row, revision: row.revision + 1 };
  const references =
    change.connectionReferences === undefined
      ? (JSON.parse(before.connectionReferences) as JsonObject)
      : normaliseReferences(change.connectionReferences);
  const definition = change.definition ?? (JSON.parse(before.definition) as JsonObject);
  const kept = JSON.parse(before.parameters) as JsonObject;
  const parameters =
    change.parameters === undefined ? kept : withKeptSecrets(definition, plainParameters(change.parameters), kept);
  return { row: next, revision: toRevision(next, definition, parameters, references) };
}

export function runsTheSame(one: FlowRevisionRow, other: FlowRevisionRow): boolean {
  return (
    one.definition === other.definition &&
    one.parameters === other.parameters &&
    one.connectionReferences === other.connectionReferences
  );
}

/** A revision as the engine runs it. */
export function toFlowDefinition(row: FlowRow, revision: FlowRevisionRow): FlowDefinition {
  const definition = JSON.parse(revision.definition) as JsonObject;
  const references = JSON.parse(revision.connectionReferences) as JsonObject;
  const usesConnections = memberOf(memberOf(definition, 'parameters'), '$connections') !== undefined;
  return {
    flowId: row.id,
    revision: revision.revision,
    displayName: row.displayName,
    environmentId: row.environmentId,
    stateless: memberOf(definition, 'kind') === 'Stateless',
    definition,
    parameters: {
      ...(usesConnections && { $connections: connectionsParameter(references) }),
      ...(JSON.parse(revision.parameters) as JsonObject),
    },
    connectionReferences: toEngineReferences(references),
  };
}

function toRevision(
  row: FlowRow,
  definition: JsonObject,
  parameters: JsonObject,
  references: JsonObject,
): FlowRevisionRow {
  return {
    flowId: row.id,
    revision: row.revision,
    definition: JSON.stringify(definition),
    parameters: JSON.stringify(parameters),
    connectionReferences: JSON.stringify(references),
    createdAtMs: row.changedAtMs,
  };
}

function plainParameters(parameters: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, given]) => {
      const value = isObject(given) && Object.hasOwn(given, 'value') ? given['value'] : given;
      return [name, value ?? null];
    }),
  );
}
