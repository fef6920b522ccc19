import type { JsonObject } from '@patchbay/definition';
import { z } from 'zod';
import type { ConnectorSource } from '../../services/connector-service.ts';
import { jsonObject } from '../management/schemas.ts';

/**
 * A description in any format that is read: as text, so that findings point into what its author wrote, as JSON, or, for a zip
 * archive, as a file (`{"$content-type", "$content"}`, its bytes in base64); with the content of `apiProperties.json`.
 */
export const definitionMembers = {
  definition: z.union([z.string(), jsonObject]),
  fileName: z.string().max(500).optional(),
  properties: jsonObject.optional(),
};

/** Takes the whole of `apiProperties.json` or what is under its `properties`. */
export function sourceOf(body: {
  readonly definition: string | object;
  readonly fileName?: string | undefined;
  readonly properties?: object | undefined;
}): ConnectorSource {
  const given = body.properties as JsonObject | undefined;
  const inner = given?.['properties'];
  const properties =
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as JsonObject) : given;
  return {
    definition: typeof body.definition === 'string' ? body.definition : contentOf(body.definition as JsonObject),
    ...(body.fileName !== undefined && { fileName: body.fileName }),
    ...(properties !== undefined && { properties }),
  };
}

/** The bytes of a file; any other object is a description itself. */
export function contentOf(definition: JsonObject): JsonObject | Uint8Array {
  const { $content: content } = definition;
  const isFile = typeof content === 'string' && Object.keys(definition).every((name) => name.startsWith('$content'));
  return isFile ? Buffer.from(content, 'base64') : definition;
}
