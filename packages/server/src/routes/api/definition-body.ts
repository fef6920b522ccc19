import type { JsonObject } from '@patchbay/definition';
import { z } from 'zod';
import type { ConnectorSource } from '../../services/connector-service.ts';
import { jsonObject } from '../management/schemas.ts';

/** A definition as text, so that findings point into what its author wrote, or as JSON, with the content of `apiProperties.json`. */
export const definitionMembers = {
  definition: z.union([z.string(), jsonObject]),
  properties: jsonObject.optional(),
};

/** Takes the whole of `apiProperties.json` or what is under its `properties`. */
export function sourceOf(body: {
  readonly definition: string | object;
  readonly properties?: object | undefined;
}): ConnectorSource {
  const given = body.properties as JsonObject | undefined;
  const inner = given?.['properties'];
  const properties =
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as JsonObject) : given;
  return { definition: body.definition as string | JsonObject, ...(properties !== undefined && { properties }) };
}
