import { hasOperationOption, member } from '../plan/json.ts';
import type { TriggerKind } from './trigger-kind.ts';

/** A caller's HTTP request; with `EnableSchemaValidation` its body must match the schema. */
export const request: TriggerKind = requestKind('Request');
/** The older name of the same. */
export const manual: TriggerKind = requestKind('Manual');

function requestKind(type: string): TriggerKind {
  return {
    type,
    compile({ definition }) {
      const schema = member(member(definition, 'inputs'), 'schema');
      const isChecked = hasOperationOption(definition, 'EnableSchemaValidation');
      return isChecked && schema !== undefined && schema !== null ? { schema } : {};
    },
  };
}
