import type { Value } from '@patchbay/expression';
import { readRecord, withoutAuthentication } from './call.ts';

/** The inputs of an action that names another flow in its host, as history shows them: which flow, then what it is given. */
export function calledFlowInputs(trigger: string | undefined, flow: Value, evaluated: Value): Value {
  return {
    host: { ...(trigger === undefined ? {} : { triggerName: trigger }), workflow: { id: flow } },
    ...readRecord(withoutAuthentication(evaluated)),
  };
}
