import { type ConnectorModel, type OperationModel, resolveSchema, type SchemaModel } from '@patchbay/definition';

const urlName = 'x-ms-notification-url';

/**
 * The property of an operation's body that takes the address to call back, the nearest one that is marked `x-ms-notification-url`: of triggers, and of
 * actions that wait to be called back (connectors.md of the ecosystem: "webhook" actions are described by the same mark).
 */
export function callbackUrlPath(model: ConnectorModel, operation: OperationModel): readonly string[] | undefined {
  if (operation.trigger?.callbackUrlPath !== undefined) return operation.trigger.callbackUrlPath;
  if (operation.body === undefined) return undefined;
  const visited = new Set<SchemaModel>();
  let level: readonly (readonly [readonly string[], SchemaModel])[] = [[[], operation.body.schema]];
  while (level.length > 0) {
    const next: (readonly [readonly string[], SchemaModel])[] = [];
    for (const [path, given] of level) {
      const schema = resolveSchema(model, given);
      if (isMarked(given) || isMarked(schema)) return path;
      if (visited.has(schema)) continue;
      visited.add(schema);
      if (schema.kind === 'object') {
        for (const [name, property] of schema.properties) next.push([[...path, name], property]);
      } else if (schema.kind === 'allOf') for (const one of schema.members) next.push([path, one]);
    }
    level = next;
  }
  return undefined;
}

/** `true`, or the text that some definitions have for it. */
function isMarked({ extensions }: SchemaModel): boolean {
  const mark = extensions?.[urlName];
  return mark === true || mark === 'true';
}
