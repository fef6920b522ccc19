import type { JsonValue } from '@patchbay/expression';
import type { Clock, Invocation, InvocationResult, Invoker } from '../contract.ts';
import { InvocationError } from '../failures.ts';
import type { HarnessCase } from './harness-case.ts';

/** Answers calls by their addresses, one after the other; the last answer of a list stays. */
export function scriptedUpstream(script: NonNullable<HarnessCase['upstream']>, clock: Clock): Invoker {
  const answers = new Map(Object.entries(script).map(([path, list]) => [path, [...list]]));
  return {
    effect: (invocation) => ('method' in invocation && invocation.method === 'GET' ? 'safe' : 'unsafe'),
    async invoke(invocation): Promise<InvocationResult> {
      const queue = answers.get(addressOf(invocation));
      const answer = queue !== undefined && queue.length > 1 ? queue.shift() : queue?.[0];
      if (answer === undefined) throw new InvocationError('NotScripted', `nothing answers ${addressOf(invocation)}`);
      const { afterMs } = answer;
      if (afterMs !== undefined) await new Promise<void>((resolve) => clock.at(clock.nowMs() + afterMs, resolve));
      if ('error' in answer) {
        throw new InvocationError(answer.error, `${answer.error} as scripted`, {
          retryable: answer.retryable ?? false,
        });
      }
      const { statusCode, headers, body } = answer;
      return { statusCode, headers: headers ?? {}, body: body ?? describe(invocation) };
    },
  };
}

function addressOf(invocation: Invocation): string {
  switch (invocation.kind) {
    case 'http':
      return new URL(invocation.uri).pathname;
    case 'connection-request':
      return `${invocation.connection.connectorName}${invocation.path}`;
    case 'operation':
      return `${invocation.connection.connectorName}/${invocation.operationId}`;
    case 'poll':
      return `${invocation.of.connection.connectorName} ${invocation.location}`;
    case 'subscribe':
      return addressOf(invocation.call);
    case 'unsubscribe':
      return `${invocation.connection.connectorName}/unsubscribe`;
  }
}

/** An answer without a body gives back what was asked. */
function describe(invocation: Invocation): JsonValue {
  return JSON.parse(JSON.stringify(invocation)) as JsonValue;
}
