import { parseJson } from '@patchbay/expression';
import { PlatformError } from '../../errors/platform-error.ts';
import { defineRoute } from '../../http/route.ts';
import { processSimple } from '../../views/resource.ts';
import { findFlow } from './find-flow.ts';
import { findTrigger } from './find-trigger.ts';
import { historyParams, optionalBody, versionQuery } from './schemas.ts';

export const resubmitTrigger = defineRoute({
  method: 'POST',
  url: `${processSimple}/environments/:environment/flows/:flow/triggers/:trigger/histories/:history/resubmit`,
  permission: 'flow.run',
  form: 'compatible',
  operationId: 'ResubmitTrigger',
  summary: 'Run the flow as it is now with what a run began with; the new run is named in x-ms-workflow-run-id',
  schema: { params: historyParams, querystring: versionQuery, body: optionalBody, response: { 202: null } },
  handler: async ({ services, params, reply }) => {
    const flow = await findFlow(services, params);
    const trigger = findTrigger(flow, params.trigger).name;
    const history = await services.triggerHistories.get(flow.row.id, trigger, params.history);
    if (history.kind !== 'run') {
      throw new PlatformError('TriggerHistoryNotFound', `The history "${params.history}" started no run to repeat.`);
    }
    const { inputs, outputs } = history.run.trigger;
    const result = await services.engine.fire({
      flow: { flowId: flow.row.id, revision: flow.row.revision },
      trigger,
      outputs: outputs === undefined ? null : parseJson(outputs),
      ...(inputs !== undefined && { inputs: parseJson(inputs) }),
      resubmits: history.run.runId,
    });
    const [run] = result.runs;
    if (run === undefined) {
      throw new PlatformError('TriggerInputSchemaMismatch', result.reason?.message ?? 'The trigger did not fire.');
    }
    return reply.code(202).header('x-ms-workflow-run-id', run.runId).send();
  },
});
