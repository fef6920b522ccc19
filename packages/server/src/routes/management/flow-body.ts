import type { JsonObject, JsonValue } from '@patchbay/definition';
import { z } from 'zod';
import type { FlowChange } from '../../services/flow-revision.ts';
import { jsonObject } from './schemas.ts';

const members = {
  displayName: z.string().trim().min(1).max(256).optional(),
  definition: jsonObject.optional(),
  parameters: jsonObject.optional(),
  connectionReferences: z
    .union([jsonObject, z.array(jsonObject)])
    .optional()
    .describe('By reference name, or a list of the same'),
  state: z.enum(['Started', 'Stopped']).optional(),
};

/** A flow as clients create and change it. */
export const flowBody = z.looseObject({ properties: z.looseObject(members) });

export function changeOf({ properties }: z.output<typeof flowBody>): FlowChange {
  const { displayName, definition, parameters, connectionReferences, state } = properties;
  return {
    ...(displayName !== undefined && { displayName }),
    ...(definition !== undefined && { definition: definition as JsonObject }),
    ...(parameters !== undefined && { parameters: parameters as JsonObject }),
    ...(connectionReferences !== undefined && { connectionReferences: connectionReferences as JsonValue }),
    ...(state !== undefined && { state }),
  };
}
