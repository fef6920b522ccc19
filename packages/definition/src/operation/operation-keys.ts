import type { OperationModel } from '../model.ts';

/** A name for each operation of a list, unlike all others: its id, with a number when others before it have the same. */
export function operationKeys(operations: readonly OperationModel[]): ReadonlyMap<OperationModel, string> {
  const counts = new Map<string, number>();
  return new Map(
    operations.map((operation) => {
      const { operationId } = operation;
      const count = (counts.get(operationId) ?? 0) + 1;
      counts.set(operationId, count);
      return [operation, count === 1 ? operationId : `${operationId} #${count}`];
    }),
  );
}
