import type { JsonObject, OperationModel, ServerAlternative } from '../../model.ts';
import { writeXmlTypes, xmlTypesExtension } from '../../soap/write-soap-binding.ts';
import { escapePointer } from '../../source/pointer.ts';
import { ownPrefix } from '../../source/reading.ts';
import { fromMap, members, someItems, someText, type Writing } from '../writing.ts';
import { writeExternalDocs, writeInfo, writeTag } from './write-info.ts';
import { writePaths } from './write-paths.ts';
import { writeSchema } from './write-schema.ts';
import { writeSecurity, writeSecurityDefinitions } from './write-security.ts';
import { writeWebhook } from './write-webhook.ts';

/**
 * Writes `apiDefinition.swagger.json`: the root of a Swagger 2.0 document in the order of keys that the ecosystem recommends. What
 * has no words there stands in `x-patchbay-*`, so reading it back gives the same model.
 */
export function writeSwagger2(writing: Writing): JsonObject {
  const { model } = writing;
  const { server, operations } = model;
  const mediaTypes = {
    consumes: mostFrequent(operations.map((operation) => operation.consumes)),
    produces: mostFrequent(operations.map((operation) => operation.produces)),
  };
  const { paths, aside } = writePaths(writing, mediaTypes);
  if (model.otherServers.length > 0) writing.lose('other-servers', `/${ownPrefix}servers`);
  return members({
    swagger: '2.0',
    info: writeInfo(model.info),
    host: someText(server.host),
    basePath: someText(server.basePath),
    schemes: server.schemes,
    consumes: someItems(mediaTypes.consumes),
    produces: someItems(mediaTypes.produces),
    paths,
    definitions:
      model.schemas.size === 0
        ? undefined
        : fromMap(model.schemas, (schema, name) => writeSchema(writing, schema, `/definitions/${escapePointer(name)}`)),
    ...writeSecurityDefinitions(writing),
    ...(model.security.length > 0 && writeSecurity(writing, model.security, '')),
    tags: someItems(model.tags.map(writeTag)),
    externalDocs: model.externalDocs && writeExternalDocs(model.externalDocs),
    ...model.extensions,
    ...aside,
    [xmlTypesExtension]: model.xmlTypes && writeXmlTypes(model.xmlTypes),
    [`${ownPrefix}servers`]: someItems(model.otherServers.map(writeServer)),
    [`${ownPrefix}webhooks`]: someItems(
      model.webhooks.map((webhook, index) => writeWebhook(writing, webhook, `/${ownPrefix}webhooks/${index}`)),
    ),
  });
}

/** The media types that most operations have; the first of those as frequent. */
function mostFrequent(all: readonly OperationModel['consumes'][]): readonly string[] {
  const counts = new Map<string, { readonly types: readonly string[]; readonly count: number }>();
  for (const types of all) {
    const key = JSON.stringify(types);
    counts.set(key, { types, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const best = [...counts.values()].reduce(
    (found: { readonly types: readonly string[]; readonly count: number }, one) =>
      one.count > found.count ? one : found,
    { types: [], count: 0 },
  );
  return best.types;
}

function writeServer({ url, description, variables }: ServerAlternative): JsonObject {
  return members({
    url,
    description: someText(description),
    variables:
      variables.size === 0
        ? undefined
        : fromMap(variables, (variable) =>
            members({
              default: variable.default,
              enum: someItems(variable.enum),
              description: someText(variable.description),
            }),
          ),
  });
}
