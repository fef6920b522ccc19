import { stringify, type Value } from '@patchbay/expression';
import { member, memberAt, textMember } from '../plan/json.ts';
import { valueMember } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import type { ActionKind } from './action-kind.ts';
import { readText, requestInputs } from './call.ts';
import { calledFlowInputs } from './called-flow-inputs.ts';

const defaultPartition = 'DEFAULT';
const longestName = 256;

/** Sends a message to a batch of another flow's Batch trigger. */
export const sendToBatch: ActionKind = {
  type: 'SendToBatch',
  compile(source, context) {
    const pointer = `${source.pointer}/inputs`;
    const host = member(source.inputs, 'host');
    const named = textMember(memberAt(host, 'workflow'), 'id') ?? textMember(host, 'workflowReferenceName') ?? '';
    if (named.trim() === '') {
      context.report('action-invalid', 'error', `"${source.name}" names no flow in its host`, `${pointer}/host`);
    }
    const trigger = textMember(host, 'triggerName');
    const reference = context.evaluator(named, `${pointer}/host`);
    const evaluate = context.evaluator(requestInputs(source, ['host', 'retrypolicy']), pointer);
    const shown = (flow: Value, evaluated: Value): Value => calledFlowInputs(trigger, flow, evaluated);
    return {
      role: 'plain',
      blocks: [],
      inputs: (step) => shown(reference(step.scope), evaluate(step.scope)),
      execute(step) {
        const flow = readText(reference(step.scope)) ?? '';
        const evaluated = evaluate(step.scope);
        const inputs = shown(flow, evaluated);
        const read = (name: string, code: string): string | undefined => {
          const text = readText(valueMember(evaluated, name));
          if (text === undefined || (text.trim() !== '' && text.length <= longestName)) return text;
          const message = `The '${name}' of action '${step.action}' must have 1 to ${longestName} characters.`;
          throw new ActionFailure(code, message, inputs);
        };
        const batchName = read('batchName', 'BatchConfigurationNotFound');
        if (batchName === undefined) {
          const message = `The action '${step.action}' names no batch.`;
          throw new ActionFailure('BatchConfigurationNotFound', message, inputs);
        }
        const messageId = read('messageId', 'InvalidBatchMessageId');
        return {
          kind: 'send-to-batch',
          inputs,
          reference: flow,
          ...(trigger === undefined ? {} : { trigger }),
          batchName,
          partition: read('partitionName', 'InvalidBatchPartitionName') ?? defaultPartition,
          ...(messageId === undefined ? {} : { messageId }),
          content: stringify(valueMember(evaluated, 'content') ?? null),
        };
      },
    };
  },
};
