import type { Loss } from '../../loss.ts';
import type { ConnectorModel, JsonObject, JsonValue, OperationModel, ServerAlternative } from '../../model.ts';
import { escapePointer } from '../../source/pointer.ts';
import { writeExternalDocs, writeInfo } from '../swagger2/write-info.ts';
import { fromMap, members, someItems, someText } from '../writing.ts';
import { ModernWriting } from './modern-writing.ts';
import { writeExtensions31 } from './write-extensions31.ts';
import { writeOperation31, writeSecurity31, writeWebhook31 } from './write-operation31.ts';
import { writeSchema31 } from './write-schema31.ts';
import { writeSecuritySchemes31 } from './write-security31.ts';

/** OpenAPI 3.1, Path Item Object. */
const methods: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

export type WrittenOpenApi = {
  readonly document: JsonObject;
  /** What the document does not say of the connector. Places are those of its text. */
  readonly losses: readonly Loss[];
};

/** Writes a connector's definition as an OpenAPI 3.1 document. Reading it back gives operations that bind to the same requests. */
export function writeOpenApi(model: ConnectorModel): WrittenOpenApi {
  const writing = new ModernWriting(model);
  const document = writeRoot(writing);
  return { document, losses: writing.losses('openapi.json', document) };
}

function writeRoot(writing: ModernWriting): JsonObject {
  const { model } = writing;
  loseProperties(writing);
  return members({
    openapi: '3.1.1',
    info: writeInfo(model.info),
    servers: someItems(writeServers(model)),
    paths: writePaths(writing),
    webhooks: writeWebhooks(writing),
    components: someMembers({
      schemas: someMembers(
        Object.fromEntries(
          [...model.schemas].map(([name, schema]) => [
            writing.schemaNames.get(name) ?? name,
            writeSchema31(writing, schema),
          ]),
        ),
      ),
      securitySchemes: writeSecuritySchemes31(writing),
    }),
    security: model.security.length === 0 ? undefined : writeSecurity31(writing, model.security),
    tags: someItems(model.tags.map((tag, index) => writeTag31(writing, tag, `/tags/${index}`))),
    externalDocs: model.externalDocs && writeExternalDocs(model.externalDocs),
    ...writeExtensions31(writing, model.extensions),
  });
}

function someMembers(all: { readonly [name: string]: JsonValue | undefined }): JsonObject | undefined {
  const written = members(all);
  return Object.keys(written).length === 0 ? undefined : written;
}

function loseProperties(writing: ModernWriting): void {
  const { policies, connectionParameterSets, scriptOperations } = writing.model;
  for (const [what, list] of [
    ['the policies', policies],
    ['the sets of connection parameters', connectionParameterSets],
    ['the operations that run code', scriptOperations],
  ] as const) {
    if (list.length > 0) writing.lose('openapi-properties', '', { what });
  }
}

function writeServers({ server, otherServers }: ConnectorModel): readonly JsonObject[] {
  const { schemes, host, basePath } = server;
  const own =
    host === '' ? [basePath].filter((path) => path !== '') : schemes.map((scheme) => `${scheme}://${host}${basePath}`);
  return [...own.map((url) => ({ url })), ...otherServers.map(writeServer)];
}

function writeServer({ url, description, variables }: ServerAlternative): JsonObject {
  return members({
    url,
    description: someText(description),
    variables: someMembers(
      fromMap(variables, (variable) =>
        members({
          default: variable.default,
          enum: someItems(variable.enum),
          description: someText(variable.description),
        }),
      ),
    ),
  });
}

function writePaths(writing: ModernWriting): JsonObject {
  const items = new Map<string, Map<string, OperationModel>>();
  for (const operation of writing.model.operations) {
    const { method, path, operationId } = operation;
    const item = items.get(path) ?? new Map<string, OperationModel>();
    items.set(path, item);
    if (methods.has(method) && !item.has(method)) item.set(method, operation);
    else {
      const details = { operation: operationId, method: method.toUpperCase(), path };
      writing.lose('openapi-operation', `/paths/${escapePointer(path)}`, details);
    }
  }
  return Object.fromEntries(
    [...items].map(([path, operations]) => [path, writePathItem(writing, `/paths/${escapePointer(path)}`, operations)]),
  );
}

function writePathItem(
  writing: ModernWriting,
  pointer: string,
  operations: ReadonlyMap<string, OperationModel>,
): JsonObject {
  const [first] = operations.values();
  return {
    ...writeExtensions31(writing, first?.pathExtensions),
    ...fromMap(operations, (operation, method) => writeOperation31(writing, operation, `${pointer}/${method}`)),
  };
}

function writeWebhooks(writing: ModernWriting): JsonObject | undefined {
  const written = writing.model.webhooks.map((webhook): [string, JsonValue] => {
    const pointer = `/webhooks/${escapePointer(webhook.name)}`;
    const method = methods.has(webhook.method) ? webhook.method : 'post';
    return [webhook.name, { [method]: writeWebhook31(writing, webhook, pointer) }];
  });
  return written.length === 0 ? undefined : Object.fromEntries(written);
}

function writeTag31(writing: ModernWriting, tag: ConnectorModel['tags'][number], pointer: string): JsonObject {
  const { name, description, externalDocs, extensions } = tag;
  if ([tag.summary, tag.parent, tag.kind].some((one) => one !== undefined))
    writing.lose('openapi-tag', pointer, { name });
  return members({
    name,
    description: someText(description),
    externalDocs: externalDocs && writeExternalDocs(externalDocs),
    ...extensions,
  });
}
