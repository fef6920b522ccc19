import type { JsonObject } from '@patchbay/definition';
import type { FlowRow } from '@patchbay/store';
import { type FlowDefinition, type RequestTrigger, readRequestTrigger } from '@patchbay/workflow';
import { isCallable } from './callback-url.ts';
import { actionsOf, memberOf, type TriggerEntry, triggersOf } from './flow-document.ts';

/** A trigger, with what it says of requests where it takes some. */
export type CallableTrigger = TriggerEntry & { readonly request?: RequestTrigger };

/** A flow as callers of its triggers meet it. */
export type CallableFlow = {
  readonly row: FlowRow;
  readonly flow: FlowDefinition;
  readonly triggers: readonly CallableTrigger[];
  readonly hasResponse: boolean;
  /** Every Response is `Asynchronous`, and its runs are kept: callers are answered at once, and look later for what it says. */
  readonly respondsLater: boolean;
};

export function toCallableFlow(row: FlowRow, flow: FlowDefinition): CallableFlow {
  const responses = actionsOf(flow.definition).filter((action) => /^response$/i.test(action.type));
  return {
    row,
    flow,
    triggers: triggersOf(flow.definition).map((trigger) => {
      const read = isCallable(trigger) ? readRequestTrigger(trigger.source) : undefined;
      return read?.kind === 'request' ? { ...trigger, request: read.request } : trigger;
    }),
    hasResponse: responses.length > 0,
    respondsLater: !flow.stateless && responses.length > 0 && responses.every(({ source }) => isAsynchronous(source)),
  };
}

function isAsynchronous(action: JsonObject): boolean {
  const options = memberOf(action, 'operationOptions');
  return typeof options === 'string' && options.split(',').some((option) => /^asynchronous$/i.test(option.trim()));
}
