import type { ConnectorModel, OperationModel } from '../model.ts';
import { type Change, Changes } from './change.ts';
import { diffConnection } from './diff-connection.ts';
import { diffOperation } from './diff-operation.ts';
import { SchemaComparison } from './diff-schema.ts';
import { shown } from './shown.ts';

/**
 * What changed from one definition of a connector to another, for its callers: additions, removals and changes in document order,
 * each with whether it breaks a caller. An operation that kept its method and path but has another id counts as renamed.
 */
export function diff(before: ConnectorModel, after: ConnectorModel): readonly Change[] {
  const changes = new Changes();
  diffConnection(changes, before, after);
  const schemas = new SchemaComparison(changes, before, after);
  const pairs = pairOperations(before, after);
  for (const operation of before.operations) {
    const counterpart = pairs.get(operation);
    if (counterpart === undefined) {
      const where = { subject: operation.operationId, before: operation.pointer };
      changes.add('operation-removed', where, { operation: operation.operationId });
    } else diffOperation(changes, schemas, operation, counterpart);
  }
  const kept = new Set(pairs.values());
  for (const operation of after.operations) {
    if (kept.has(operation)) continue;
    const where = { subject: operation.operationId, after: operation.pointer };
    changes.add('operation-added', where, { operation: operation.operationId });
  }
  diffInfo(changes, before, after);
  return changes.found;
}

/** Operations by id; those left over by method and path. */
function pairOperations(before: ConnectorModel, after: ConnectorModel): ReadonlyMap<OperationModel, OperationModel> {
  const pairs = new Map<OperationModel, OperationModel>();
  const byId = new Map(after.operations.toReversed().map((one) => [one.operationId, one]));
  const taken = new Set<OperationModel>();
  const pair = (operation: OperationModel, counterpart: OperationModel | undefined): void => {
    if (counterpart === undefined || taken.has(counterpart)) return;
    taken.add(counterpart);
    pairs.set(operation, counterpart);
  };
  for (const operation of before.operations) pair(operation, byId.get(operation.operationId));
  const byPlace = new Map(after.operations.map((one) => [placeOf(one), one]));
  for (const operation of before.operations) {
    if (!pairs.has(operation)) pair(operation, byPlace.get(placeOf(operation)));
  }
  return pairs;
}

/** Method and path with the names of its parameters left out: they are no part of what a server sees. */
function placeOf({ method, path }: OperationModel): string {
  return `${method} ${path.replace(/\{[^}]*\}/g, '{}')}`;
}

function diffInfo(changes: Changes, before: ConnectorModel, after: ConnectorModel): void {
  for (const member of ['title', 'description', 'version'] as const) {
    const [from, to] = [before.info[member], after.info[member]];
    if (from !== to) changes.add('info-text', { subject: '' }, { member, from: shown(from), to: shown(to) });
  }
}
