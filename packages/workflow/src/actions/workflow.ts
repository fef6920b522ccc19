import type { Value } from '@patchbay/expression';
import { isObject, type JsonObject, member, memberAt, textMember } from '../plan/json.ts';
import { valueMember } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import type { ActionKind } from './action-kind.ts';
import { readCallOptions, readRecord, readText, requestInputs } from './call.ts';
import { calledFlowInputs } from './called-flow-inputs.ts';

/**
 * Calls another flow and waits for its Response, however long that takes. The flow is named by `host.workflow.id` (Consumption: a resource id, whose
 * last segment counts; Standard: a name) or by `host.workflowReferenceName` (Power Automate).
 */
export const workflow: ActionKind = {
  type: 'Workflow',
  compile(source, context) {
    const pointer = `${source.pointer}/inputs`;
    const host = member(source.inputs, 'host');
    const named = readReference(host);
    if (named === undefined) {
      const message = `"${source.name}" names no flow: give host.workflow.id or host.workflowReferenceName`;
      context.report('action-invalid', 'error', message, `${pointer}/host`);
    }
    const trigger = textMember(host, 'triggerName');
    const reference = context.evaluator(named ?? '', `${pointer}/host`);
    if (named !== undefined && !named.includes('@')) {
      context.useFlow(named, `${pointer}/host`);
    }
    const evaluate = context.evaluator(callMembers(requestInputs(source, ['retrypolicy', 'host'])), pointer);
    const retryPolicy = context.retryPolicy(source.inputs, pointer);
    const { timeoutMs } = readCallOptions(source, context);
    const shown = (flow: Value, evaluated: Value): Value => calledFlowInputs(trigger, flow, evaluated);
    return {
      role: 'plain',
      blocks: [],
      inputs: (step) => shown(reference(step.scope), evaluate(step.scope)),
      execute(step) {
        const flow = readText(reference(step.scope)) ?? '';
        const evaluated = evaluate(step.scope);
        const inputs = shown(flow, evaluated);
        if (flow.trim() === '') {
          const message = `The action '${step.action}' does not say which flow to call.`;
          throw new ActionFailure('InvalidTemplate', message, inputs);
        }
        return {
          kind: 'call-flow',
          inputs,
          reference: flow,
          ...(trigger === undefined ? {} : { trigger }),
          headers: readRecord(valueMember(evaluated, 'headers')),
          body: valueMember(evaluated, 'body') ?? null,
          retryPolicy,
          timeoutMs,
        };
      },
    };
  },
};

function readReference(host: ReturnType<typeof member>): string | undefined {
  const workflowOf = memberAt(host, 'workflow');
  const named =
    textMember(host, 'workflowReferenceName') ??
    textMember(workflowOf, 'id') ??
    textMember(workflowOf, 'name') ??
    textMember(host, 'workflowId');
  return named === undefined || named.trim() === '' ? undefined : named;
}

/** What the called flow is given. */
function callMembers(inputs: JsonObject): JsonObject {
  if (!isObject(inputs)) return {};
  return Object.fromEntries(
    Object.entries(inputs).filter(([name]) => ['headers', 'body', 'queries'].includes(name.toLowerCase())),
  );
}
