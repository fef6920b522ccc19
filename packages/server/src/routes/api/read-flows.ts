import type { JsonObject } from '@patchbay/definition';
import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { readFlowDocument } from '../../services/flow-files.ts';
import { jsonObject } from '../management/schemas.ts';
import { contentOf } from './definition-body.ts';

export const readFlows = defineRoute({
  method: 'POST',
  url: '/api/flows/read',
  permission: 'flow.write',
  form: 'problem',
  operationId: 'ReadFlows',
  summary: 'Read the flows of a document of any form, ready to be deployed',
  schema: {
    body: z.object({
      document: z
        .union([z.string(), jsonObject])
        .describe('As text, as JSON, or a file ({"$content-type", "$content"}, its bytes in base64)'),
      fileName: z.string().max(500).optional(),
    }),
    response: {
      200: z.object({
        flows: z.array(
          z.object({
            displayName: z.string(),
            definition: jsonObject,
            parameters: jsonObject,
            connectionReferences: jsonObject,
          }),
        ),
        findings: z.array(z.looseObject({})),
      }),
    },
  },
  handler: ({ body: { document, fileName } }) =>
    readFlowDocument(
      typeof document === 'string' ? document : contentOf(document as JsonObject),
      fileName ?? 'Untitled flow.json',
    ),
});
