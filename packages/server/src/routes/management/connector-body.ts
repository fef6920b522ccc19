import type { JsonObject } from '@patchbay/definition';
import { z } from 'zod';
import type { ConnectorSource } from '../../services/connector-service.ts';
import { jsonObject } from './schemas.ts';

/** A connector as clients create and change it: the properties of `apiProperties.json` with the definition among them. */
export const connectorBody = z.looseObject({
  properties: z.looseObject({
    displayName: z.string().optional(),
    description: z.string().optional(),
    openApiDefinition: jsonObject.optional(),
    environment: z.looseObject({ name: z.string() }).optional(),
    backendService: z.looseObject({ serviceUrl: z.string() }).optional(),
  }),
});

/** Members that say how the connector is kept rather than what it is. */
const notProperties = new Set([
  'displayName',
  'description',
  'openApiDefinition',
  'environment',
  'iconUri',
  'scriptDefinitionUrl',
]);

/** What of a body makes the connector; members that were not sent stay out. */
export function sourceOf({ properties }: z.output<typeof connectorBody>): Partial<ConnectorSource> {
  const { displayName, description, openApiDefinition } = properties;
  const entries = Object.entries(properties).filter(([name]) => !notProperties.has(name));
  return {
    ...(openApiDefinition !== undefined && { definition: openApiDefinition as JsonObject }),
    ...(entries.length > 0 && { properties: Object.fromEntries(entries) as JsonObject }),
    ...(displayName !== undefined && { displayName }),
    ...(description !== undefined && { description }),
  };
}
