import type { Evaluator, Value } from '@patchbay/expression';
import type { InvokedConnection } from '../contract.ts';
import { valueMember } from '../run/value-types.ts';
import type { ActionSource, CompileContext, CompiledAction, Step } from './action-kind.ts';
import { readCallOptions, readRecord, readText, readTracking, requestInputs, withoutAuthentication } from './call.ts';

/** Where a call of a function or of a managed API goes: through the flow's connection of that name, or to a public address. */
export type ServiceTarget =
  | { readonly kind: 'connection'; readonly connection: InvokedConnection; readonly path: string }
  | { readonly kind: 'address'; readonly uri: string };

/** Compiles an action that calls a service which the platform knows by name. */
export function compileServiceCall(
  source: ActionSource,
  context: CompileContext,
  service: {
    readonly method: string;
    /** Throws `ActionFailure`. */
    readonly target: (step: Step, inputs: Value) => ServiceTarget;
    /** Headers that the platform adds of its own. */
    readonly headers: (inputs: Value) => { readonly [name: string]: string };
  },
): CompiledAction {
  const pointer = `${source.pointer}/inputs`;
  const evaluate: Evaluator = context.evaluator(requestInputs(source, ['retrypolicy']), pointer);
  const retryPolicy = context.retryPolicy(source.inputs, pointer);
  const options = readCallOptions(source, context);
  const tracking = readTracking(source);
  return {
    role: 'plain',
    blocks: [],
    inputs: (step) => shown(evaluate(step.scope)),
    execute(step) {
      const evaluated = evaluate(step.scope);
      const target = service.target(step, evaluated);
      const body = valueMember(evaluated, 'body');
      const authentication = valueMember(evaluated, 'authentication');
      const request = {
        method: (readText(valueMember(evaluated, 'method')) ?? service.method).toUpperCase(),
        queries: readRecord(valueMember(evaluated, 'queries')),
        headers: { ...service.headers(evaluated), ...readRecord(valueMember(evaluated, 'headers')) },
        ...(body === undefined ? {} : { body }),
      };
      const call = { kind: 'call', inputs: shown(evaluated), retryPolicy, ...options } as const;
      if (target.kind === 'connection') {
        const { connection, path } = target;
        const invocation = { kind: 'connection-request', connection, path, ...request } as const;
        return { ...call, invocation };
      }
      const { uri } = target;
      const proof = authentication === undefined || authentication === null ? {} : { authentication };
      const invocation = { kind: 'http', uri, ...request, ...proof, ...tracking } as const;
      return { ...call, invocation };
    },
  };
}

/** Inputs as history shows them: without what proves who calls. */
function shown(inputs: Value): Value {
  const { subscriptionKey: _hidden, ...rest } = readRecord(withoutAuthentication(inputs));
  return rest;
}
