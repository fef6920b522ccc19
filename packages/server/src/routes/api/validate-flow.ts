import type { JsonValue } from '@patchbay/definition';
import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { openFlowText, placeIn } from '../../services/flow-text.ts';
import { jsonValue } from '../management/schemas.ts';

export const validateFlow = defineRoute({
  method: 'POST',
  url: '/api/flows/validate',
  permission: 'flow.read',
  form: 'problem',
  operationId: 'ValidateFlow',
  summary: 'Say everything that is wrong with a flow, with line and column where its text is given; nothing is kept',
  schema: {
    body: z.object({
      environment: z.string(),
      /** A file’s text in any of its forms, or the definition itself. */
      definition: z.union([z.string(), z.record(z.string(), jsonValue)]),
      connectionReferences: jsonValue.optional(),
    }),
    response: {
      200: z.object({ errors: z.number(), warnings: z.number(), findings: z.array(z.looseObject({})) }),
    },
  },
  handler: async ({ services, body }) => {
    const environment = await services.environments.get(body.environment);
    const { definition: given } = body;
    const text = typeof given === 'string' ? openFlowText(given) : undefined;
    // Validated as JSON by the schema.
    const definition = text === undefined ? (given as JsonValue) : text.definition;
    const found =
      definition === undefined
        ? []
        : await services.deployment.examine(
            definition,
            body.connectionReferences as JsonValue | undefined,
            environment.id,
          );
    const findings = text === undefined ? found : placeIn(text, found);
    const count = (severity: string): number => findings.filter((finding) => finding.severity === severity).length;
    return { errors: count('error'), warnings: count('warning'), findings };
  },
});
