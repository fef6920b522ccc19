import { parseJson, stringify, type Value } from '@patchbay/expression';
import type { FlowDefinition, RunRecord, Timestamp, TriggerRecord } from '../contract.ts';
import { DefinitionError } from '../failures.ts';
import type { Plan, TriggerPlan } from '../plan/plan.ts';
import { reasonName } from '../run/status-code.ts';
import { asNumber, isRecord, valueMember } from '../run/value-types.ts';
import type { FireRequest } from './engine-contract.ts';

/** A flow's trigger by name, in any case. */
export function findTrigger(
  { flow, plan }: { readonly flow: FlowDefinition; readonly plan: Plan },
  name: string,
): TriggerPlan {
  const lowerName = name.toLowerCase();
  const trigger = plan.triggers.find((candidate) => candidate.name.toLowerCase() === lowerName);
  if (trigger !== undefined) return trigger;
  throw new DefinitionError(`flow "${flow.displayName}"`, [
    { code: 'trigger-invalid', message: `it has no trigger named "${name}"`, pointer: '/triggers' },
  ]);
}

/** What fired, as the run's record keeps it. */
export function triggerRecord(
  trigger: TriggerPlan,
  request: FireRequest,
  outputs: Value,
  now: Timestamp,
): TriggerRecord {
  return {
    name: trigger.name,
    status: 'Succeeded',
    code: triggerCode(outputs),
    ...(request.inputs === undefined ? {} : { inputs: stringify(request.inputs) }),
    ...(outputs === null ? {} : { outputs: stringify(outputs) }),
    startTime: now,
    endTime: now,
    ...(request.scheduledTime === undefined ? {} : { scheduledTime: request.scheduledTime }),
  };
}

/** What an API answered, by the name of its status; OK for what has none. */
export function triggerCode(outputs: Value): string {
  const statusCode = asNumber(valueMember(outputs, 'statusCode'));
  return statusCode === undefined ? 'OK' : reasonName(statusCode);
}

const trackingHeader = 'x-ms-client-tracking-id';

/** The tracking id that a caller gave in a header. */
export function headerTrackingId(outputs: Value): string | undefined {
  const headers = valueMember(outputs, 'headers');
  if (!isRecord(headers)) return undefined;
  for (const name in headers) {
    if (name.length !== trackingHeader.length || name.toLowerCase() !== trackingHeader) continue;
    const value = headers[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }
  return undefined;
}

/** What a run's trigger was given and gave. */
export function payloadsOf({ trigger }: RunRecord): { readonly triggerInputs: Value; readonly triggerOutputs: Value } {
  return { triggerInputs: parseText(trigger.inputs), triggerOutputs: parseText(trigger.outputs) };
}

function parseText(text: string | undefined): Value {
  return text === undefined ? null : parseJson(text);
}
