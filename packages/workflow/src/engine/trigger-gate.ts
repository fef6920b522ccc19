import type { FlowDefinition, RunGate } from '../contract.ts';
import type { TriggerPlan } from '../plan/plan.ts';
import type { NotFiredReason } from './engine-contract.ts';

/** Why nothing was started. */
export function tooManyRuns({ name, concurrency }: TriggerPlan): NotFiredReason {
  const { runs, maximumWaitingRuns } = concurrency ?? { runs: 0, maximumWaitingRuns: 0 };
  const message = `Trigger '${name}' has ${runs} run(s) at a time, and ${maximumWaitingRuns} wait for their turn already.`;
  return { code: 'TooManyRuns', message };
}

/** The gate of a trigger that counts its runs. The first of the runs that a trigger splits into finds a place or none does: the others wait however many they are. */
export function gateOf(
  { flowId }: FlowDefinition,
  { name, concurrency }: TriggerPlan,
  splitIndex: number | undefined,
): RunGate | undefined {
  if (concurrency === undefined) return undefined;
  const { runs, maximumWaitingRuns } = concurrency;
  const maximumWaiting = splitIndex === undefined || splitIndex === 0 ? maximumWaitingRuns : Number.MAX_SAFE_INTEGER;
  return { key: `${flowId}/${name}`, limit: runs, maximumWaiting };
}

/** Why nothing was started: a run with the key is there. */
export function duplicateRun({ uniqueKey = '' }: { readonly uniqueKey?: string }): NotFiredReason {
  return { code: 'Duplicate', message: `A run with the key '${uniqueKey}' exists already.` };
}
