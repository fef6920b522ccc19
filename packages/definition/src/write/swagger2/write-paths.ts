import type { JsonObject, JsonValue, OperationModel } from '../../model.ts';
import { operationKeys } from '../../operation/operation-keys.ts';
import { escapePointer } from '../../source/pointer.ts';
import { ownPrefix } from '../../source/reading.ts';
import { sameValue } from '../same-value.ts';
import { members, someItems, type Writing } from '../writing.ts';
import { type Surrounding, writeNotification, writeOperation } from './write-operation.ts';

/** OpenAPI 2.0, Path Item Object. */
const methods: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch']);

type MediaTypes = Pick<Surrounding, 'consumes' | 'produces'>;

/** The operations by path, and those that no path item can hold. */
export type WrittenPaths = { readonly paths: JsonObject; readonly aside: JsonObject };

/** Writes every operation below its path, or aside where its method is not Swagger 2.0's or taken. */
export function writePaths(writing: Writing, mediaTypes: MediaTypes): WrittenPaths {
  const { operations, pathsExtensions } = writing.model;
  const items = new Map<string, OperationModel[]>();
  const others: OperationModel[] = [];
  for (const operation of operations) {
    const item = items.get(operation.path);
    if (!fits(operation, item ?? [])) others.push(operation);
    else if (item === undefined) items.set(operation.path, [operation]);
    else item.push(operation);
  }
  const paths = [...items].map(([path, item]): [string, JsonValue] => [
    path,
    writePathItem(writing, path, item, mediaTypes),
  ]);
  const written = [...[...items.values()].flat(), ...others];
  const keys = operationKeys(written);
  const isInOrder = written.every((operation, index) => operation === operations[index]);
  return {
    paths: { ...Object.fromEntries(paths), ...pathsExtensions },
    aside: members({
      [`${ownPrefix}operations`]: someItems(others.map((one, index) => writeAside(writing, one, index, mediaTypes))),
      [`${ownPrefix}order`]: isInOrder ? undefined : operations.map((operation) => keys.get(operation) ?? ''),
    }),
  };
}

function fits(operation: OperationModel, item: readonly OperationModel[]): boolean {
  const [first] = item;
  const all = [...item, operation];
  const isToldByPath = all.some(
    ({ trigger, extensions }) => trigger !== undefined && Object.hasOwn(extensions, 'x-ms-notification-content'),
  );
  return (
    (!isToldByPath || sharedNotification(all) !== undefined) &&
    methods.has(operation.method) &&
    item.every((one) => one.method !== operation.method) &&
    (first === undefined || sameValue(first.pathExtensions, operation.pathExtensions))
  );
}

function writePathItem(
  writing: Writing,
  path: string,
  operations: readonly OperationModel[],
  mediaTypes: MediaTypes,
): JsonObject {
  const pointer = `/paths/${escapePointer(path)}`;
  const notification = sharedNotification(operations);
  const surrounding = { ...mediaTypes, hasNotification: notification !== undefined };
  return members({
    'x-ms-notification-content':
      notification && writeNotification(writing, notification, `${pointer}/x-ms-notification-content`),
    ...operations[0]?.pathExtensions,
    ...Object.fromEntries(
      operations.map((operation) => [
        operation.method,
        writeOperation(writing, operation, surrounding, `${pointer}/${operation.method}`),
      ]),
    ),
  });
}

/** What the service sends, where it is the same for every trigger of a path: then the path item says it. */
function sharedNotification(operations: readonly OperationModel[]) {
  const triggers = operations.flatMap(({ trigger }) => (trigger === undefined ? [] : [trigger]));
  const notification = triggers[0]?.notification;
  return triggers.every((trigger) => sameValue(trigger.notification, notification)) ? notification : undefined;
}

function writeAside(writing: Writing, operation: OperationModel, index: number, mediaTypes: MediaTypes): JsonObject {
  const pointer = `/${ownPrefix}operations/${index}`;
  const { method, path, operationId, pathExtensions } = operation;
  const details = { operation: operationId, method: method.toUpperCase(), path };
  writing.lose(methods.has(method) ? 'operation-path-taken' : 'operation-method', pointer, details);
  const notification = operation.trigger?.notification;
  const pathItem = members({
    'x-ms-notification-content':
      notification && writeNotification(writing, notification, `${pointer}/pathItem/x-ms-notification-content`),
    ...pathExtensions,
  });
  return members({
    path,
    method,
    pathItem: Object.keys(pathItem).length === 0 ? undefined : pathItem,
    operation: writeOperation(writing, operation, { ...mediaTypes, hasNotification: true }, `${pointer}/operation`),
  });
}
