import type { ActionCompiler } from '../plan/action-compiler.ts';
import type { JsonObject } from '../plan/json.ts';
import type { TriggerPlan } from '../plan/plan.ts';

export type TriggerDefinition = { readonly name: string; readonly definition: JsonObject; readonly pointer: string };

/** One kind of trigger: what its definition adds to what all triggers have. */
export type TriggerKind = {
  readonly type: string;
  readonly compile: (
    source: TriggerDefinition,
    compiler: ActionCompiler,
  ) => Partial<Pick<TriggerPlan, 'checkBody' | 'checkHeaders' | 'recurrence' | 'window' | 'watch' | 'batches'>>;
};
