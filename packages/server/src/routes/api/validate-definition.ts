import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { definitionMembers, sourceOf } from './definition-body.ts';

export const validateDefinition = defineRoute({
  method: 'POST',
  url: '/api/connectors/validate',
  permission: 'connector.read',
  form: 'problem',
  operationId: 'ValidateDefinition',
  summary: 'Say what a description is, and what is wrong with it, with line and column',
  schema: {
    body: z.object(definitionMembers),
    response: {
      200: z.object({
        format: z.string().optional(),
        errors: z.number(),
        warnings: z.number(),
        findings: z.array(z.looseObject({})),
        losses: z.array(z.looseObject({})),
      }),
    },
  },
  handler: ({ services, body }) => {
    const { format, findings, losses } = services.connectors.examine(sourceOf(body));
    const count = (severity: string): number => findings.filter((finding) => finding.severity === severity).length;
    return {
      errors: count('error'),
      warnings: count('warning'),
      findings,
      losses,
      ...(format !== undefined && { format }),
    };
  },
});
