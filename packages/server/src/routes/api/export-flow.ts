import { flowForms } from '@patchbay/workflow';
import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { exportFlow as write } from '../../services/export-flow.ts';

export const exportFlow = defineRoute({
  method: 'GET',
  url: '/api/flows/:flow/export',
  permission: 'flow.read',
  form: 'problem',
  operationId: 'ExportFlow',
  summary: 'A flow as a file of a form that other products read, and what that leaves out',
  schema: {
    params: z.object({ flow: z.string() }),
    querystring: z.object({ form: z.enum(flowForms).default('package') }),
    response: {
      200: z.object({
        fileName: z.string(),
        file: z.object({ '$content-type': z.string(), $content: z.string() }),
        findings: z.array(z.looseObject({})),
      }),
    },
  },
  handler: async ({ services, params, query }) => {
    const { fileName, contentType, bytes, findings } = write(await services.flows.get(params.flow), query.form);
    const file = { '$content-type': contentType, $content: Buffer.from(bytes).toString('base64') };
    return { fileName, file, findings: findings.map(({ file: _file, ...finding }) => finding) };
  },
});
