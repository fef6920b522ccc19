import type { ConnectorInfo, ExternalDocs, JsonObject, TagModel } from '../../model.ts';
import { ownPrefix } from '../../source/reading.ts';
import { members, someText } from '../writing.ts';

/** Writes the Info Object, which all versions of OpenAPI have alike. */
export function writeInfo({
  title,
  description,
  version,
  termsOfService,
  contact,
  license,
  extensions,
}: ConnectorInfo): JsonObject {
  return members({
    title,
    description: someText(description),
    version,
    termsOfService,
    contact: contact && members({ name: contact.name, url: contact.url, email: contact.email, ...contact.extensions }),
    license: license && members({ name: license.name, url: license.url, ...license.extensions }),
    ...extensions,
  });
}

/** Writes a Tag Object; what only OpenAPI 3.2 has words for stands aside. */
export function writeTag({ name, description, externalDocs, extensions, ...tag }: TagModel): JsonObject {
  return members({
    name,
    description: someText(description),
    externalDocs: externalDocs && writeExternalDocs(externalDocs),
    ...extensions,
    [`${ownPrefix}summary`]: tag.summary,
    [`${ownPrefix}parent`]: tag.parent,
    [`${ownPrefix}kind`]: tag.kind,
  });
}

export function writeExternalDocs({ url, description, extensions }: ExternalDocs): JsonObject {
  return members({ description: someText(description), url, ...extensions });
}
