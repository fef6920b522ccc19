import { PlatformError } from '../../errors/platform-error.ts';
import { defineRoute } from '../../http/route.ts';
import { processSimple } from '../../views/resource.ts';
import { findFlow } from './find-flow.ts';
import { findTrigger } from './find-trigger.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { historyParams, optionalBody, versionQuery } from './schemas.ts';

export const resubmitTrigger = defineRoute({
  method: 'POST',
  url: `${processSimple}/environments/:environment/flows/:flow/triggers/:trigger/histories/:history/resubmit`,
  permission: 'flow.run',
  form: 'compatible',
  operationId: 'ResubmitTrigger',
  summary: 'Run the flow as it is now with what a run began with; the new run is named in x-ms-workflow-run-id',
  schema: { params: historyParams, querystring: versionQuery, body: optionalBody, response: { 202: null } },
  handler: async ({ services, params, request, reply }) => {
    const flow = await findFlow(services, params);
    const trigger = findTrigger(flow, params.trigger).name;
    const history = await services.triggerHistories.get(flow.row.id, trigger, params.history);
    if (history.kind !== 'run') {
      throw new PlatformError('TriggerHistoryNotFound', `The history "${params.history}" started no run to repeat.`);
    }
    const key = idempotencyKey(request);
    const runId = await services.runRepeats.resubmit({ flow: flow.row, runId: history.run.runId, key });
    return reply.code(202).header('x-ms-workflow-run-id', runId).send();
  },
});
