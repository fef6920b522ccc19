import { stringify, type Value } from '@patchbay/expression';
import type { CallbackAddresses, Clock, InvocationContext, Invoker, RunSignal } from './contract.ts';

/** What comes back to an action that waits to be called back. */
export type LocalCallback = {
  readonly headers?: { readonly [name: string]: string };
  readonly body?: Value;
  /** How long after the answer of the call that asked for it; 0 unless told. */
  readonly afterMs?: number;
  /** It comes before that answer. */
  readonly isEarly?: boolean;
};

/** Addresses that nobody can reach (RFC 2606). */
export const localAddresses: CallbackAddresses = {
  open: async () => (place) =>
    `https://callback.invalid/${place.runId}/${encodeURIComponent(place.action)}/${place.iteration}`,
};

/** An invoker after whose calls actions are called back: one callback a call, in order. */
export function callingBack(
  invoker: Invoker,
  callbacks: { readonly [action: string]: readonly LocalCallback[] },
  clock: Clock,
  send: (signal: RunSignal) => Promise<unknown>,
): Invoker {
  const queues = new Map(Object.entries(callbacks).map(([action, list]) => [action.toLowerCase(), [...list]]));
  const deliver = async ({ runId, action, iteration }: InvocationContext, callback: LocalCallback): Promise<void> => {
    const payload = stringify({ headers: callback.headers ?? {}, body: callback.body ?? null });
    await send({ runId, action, iteration, signalId: `callback/${iteration}/${action}`, payload });
  };
  return {
    effect: (invocation) => invoker.effect(invocation),
    async invoke(invocation, context) {
      const callback = queues.get(context.action.toLowerCase())?.shift();
      if (callback?.isEarly === true) await deliver(context, callback);
      const answer = await invoker.invoke(invocation, context);
      if (callback !== undefined && callback.isEarly !== true) {
        clock.at(clock.nowMs() + (callback.afterMs ?? 0), () => void deliver(context, callback));
      }
      return answer;
    },
  };
}
