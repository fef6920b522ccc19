import type { JsonObject, JsonValue } from '@patchbay/definition';
import type { ConnectionReference } from '@patchbay/workflow';
import { isObject, memberOf, textOf } from './flow-document.ts';

/**
 * Connection references as clients send them, an object by reference name or an array of the same items, as the object that is kept
 * and answered. Items of an array are keyed by their connector's name.
 */
export function normaliseReferences(given: JsonValue | undefined): JsonObject {
  if (isObject(given)) return Object.fromEntries(Object.entries(given).filter(([, item]) => isObject(item)));
  if (!Array.isArray(given)) return {};
  return Object.fromEntries(
    given
      .filter(isObject)
      .map((item) => [textOf(memberOf(item, 'connectionReferenceName')) ?? connectorNameOf(item), item]),
  );
}

/** What the engine needs of them. */
export function toEngineReferences(references: JsonObject): { readonly [name: string]: ConnectionReference } {
  return Object.fromEntries(
    Object.entries(references).map(([name, item]) => [
      name,
      { connectorName: connectorNameOf(item), connectionName: connectionNameOf(item) },
    ]),
  );
}

/** Values of `$connections` for definitions that name their connections through it. */
export function connectionsParameter(references: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(references).map(([name, item]) => [
      name,
      {
        id: `/providers/Microsoft.PowerApps/apis/${connectorNameOf(item)}`,
        connectionId: connectionNameOf(item),
        connectionName: connectionNameOf(item),
      },
    ]),
  );
}

function connectorNameOf(item: JsonValue): string {
  const id =
    textOf(memberOf(item, 'id')) ??
    textOf(memberOf(item, 'apiId')) ??
    textOf(memberOf(memberOf(item, 'api'), 'id')) ??
    textOf(memberOf(memberOf(item, 'api'), 'name')) ??
    '';
  return lastSegment(id);
}

function connectionNameOf(item: JsonValue): string {
  const name =
    textOf(memberOf(item, 'connectionName')) ??
    textOf(memberOf(memberOf(item, 'connection'), 'name')) ??
    textOf(memberOf(memberOf(item, 'connection'), 'id')) ??
    '';
  return lastSegment(name);
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
