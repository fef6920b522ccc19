import { memberAt, textMember } from '../plan/json.ts';
import { compileHttpCall } from './http-call.ts';
import type { TriggerKind } from './trigger-kind.ts';

/** Asks an address to call, and is called; asks it to stop when the flow does. */
export const httpWebhook: TriggerKind = {
  type: 'HttpWebhook',
  compile: (source, compiler) => {
    // Designers write an empty one where nobody is to be told.
    const given = memberAt(source.definition, 'inputs', 'unsubscribe');
    const isGiven = textMember(given, 'uri') !== undefined || textMember(given, 'url') !== undefined;
    return {
      watch: {
        kind: 'subscription',
        subscribe: compileHttpCall(source, compiler, { name: 'subscribe', method: 'POST' }),
        ...(isGiven && { unsubscribe: compileHttpCall(source, compiler, { name: 'unsubscribe', method: 'POST' }) }),
      },
    };
  },
};
