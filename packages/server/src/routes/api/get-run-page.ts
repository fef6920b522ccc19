import type { JsonObject } from '@patchbay/definition';
import { z } from 'zod';
import { PlatformError } from '../../errors/platform-error.ts';
import { defineRoute } from '../../http/route.ts';
import { runPageView } from '../../views/run-page-view.ts';

export const getRunPage = defineRoute({
  method: 'GET',
  url: '/api/flows/:flow/runs/:run',
  permission: 'run.read',
  form: 'problem',
  operationId: 'GetRunPage',
  summary: 'A run with all its actions, as a page shows it',
  schema: {
    params: z.object({ flow: z.string(), run: z.string() }),
    response: { 200: z.looseObject({ runId: z.string(), status: z.string() }) },
  },
  handler: async ({ services, params }) => {
    const run = await services.runs.get(params.flow, params.run);
    const revision = await services.store.flows.findRevision(run.flowId, run.flowRevision);
    if (revision === undefined) throw new PlatformError('FlowNotFound', `There is no flow "${params.flow}".`);
    return runPageView(run, JSON.parse(revision.definition) as JsonObject, services.runs);
  },
});
