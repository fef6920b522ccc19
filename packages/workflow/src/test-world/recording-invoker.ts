import type { Invocation, InvocationContext, InvocationResult, Invoker } from '../contract.ts';

/** An upstream of a test: answers by address and remembers what reached it. */
export type RecordingInvoker = Invoker & {
  readonly calls: readonly {
    readonly action: string;
    readonly iteration: string;
    readonly attempt: number;
    readonly key: string;
  }[];
};

export function createRecordingInvoker(
  answer: (
    invocation: Extract<Invocation, { kind: 'http' }>,
    context: InvocationContext,
  ) => InvocationResult | Promise<InvocationResult>,
): RecordingInvoker {
  const calls: { action: string; iteration: string; attempt: number; key: string }[] = [];
  return {
    calls,
    effect: (invocation) => (invocation.kind === 'http' && invocation.method === 'GET' ? 'safe' : 'unsafe'),
    async invoke(invocation, context) {
      const { action, iteration, attempt, idempotencyKey } = context;
      calls.push({ action, iteration, attempt, key: idempotencyKey });
      if (invocation.kind !== 'http') throw new TypeError('this upstream takes http calls only');
      return answer(invocation, context);
    },
  };
}
