import type { ActionCompiler } from '../plan/action-compiler.ts';
import { member } from '../plan/json.ts';
import type { RetryPolicy } from '../retry/retry-policy.ts';
import type { TriggerDefinition } from './trigger-kind.ts';

/** The `retryPolicy` of a polling trigger's inputs, as a member of its watch; nothing where it says none. */
export function statedRetryPolicy(
  { definition, pointer }: TriggerDefinition,
  compiler: ActionCompiler,
): { readonly retryPolicy?: RetryPolicy } {
  const inputs = member(definition, 'inputs');
  const given = member(inputs, 'retryPolicy');
  if (given === undefined || given === null) return {};
  return { retryPolicy: compiler.retryPolicy(inputs, `${pointer}/inputs`) };
}
