import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { processSimple } from '../../views/resource.ts';
import { findFlow } from './find-flow.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { runParams, versionQuery } from './schemas.ts';

const body = z
  .looseObject({
    actionsToResubmit: z
      .array(z.looseObject({ name: z.string() }))
      .min(1)
      .max(100)
      .optional()
      .describe('Does these again, with what runs after them; the results before them are kept. Absent: all of it.'),
  })
  .nullish();

export const resubmitRun = defineRoute({
  method: 'POST',
  url: `${processSimple}/environments/:environment/flows/:flow/runs/:run/resubmit`,
  permission: 'flow.run',
  form: 'compatible',
  operationId: 'ResubmitRun',
  summary: 'Repeat a run, all of it or from some actions on; the new run is named in x-ms-workflow-run-id',
  schema: { params: runParams, querystring: versionQuery, body, response: { 202: null } },
  handler: async ({ services, params, body: given, request, reply }) => {
    const { row: flow } = await findFlow(services, params);
    const repeat = { flow, runId: params.run, key: idempotencyKey(request) };
    const actions = given?.actionsToResubmit?.map(({ name }) => name);
    const runId =
      actions === undefined
        ? await services.runRepeats.resubmit(repeat)
        : await services.runRepeats.rerun(repeat, actions);
    return reply.code(202).header('x-ms-workflow-run-id', runId).send();
  },
});
