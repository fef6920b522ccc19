import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { definitionMembers, sourceOf } from './definition-body.ts';

export const validateDefinition = defineRoute({
  method: 'POST',
  url: '/api/connectors/validate',
  permission: 'connector.read',
  form: 'problem',
  operationId: 'ValidateDefinition',
  summary: 'Say what is wrong with a definition, with line and column',
  schema: {
    body: z.object(definitionMembers),
    response: { 200: z.object({ errors: z.number(), warnings: z.number(), findings: z.array(z.looseObject({})) }) },
  },
  handler: ({ services, body }) => {
    const { findings } = services.connectors.read(sourceOf(body));
    const count = (severity: string): number => findings.filter((finding) => finding.severity === severity).length;
    return { errors: count('error'), warnings: count('warning'), findings };
  },
});
