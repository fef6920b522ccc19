import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue } from '@patchbay/expression';
import { runTransformation } from '@patchbay/transform';
import { expect, it } from 'vitest';
import type { ArtifactSource, Invocation, InvocationResult, Invoker } from '../contract.ts';
import { readWorkflowFile } from '../document/read-workflow-file.ts';
import { InvocationError } from '../failures.ts';
import type { LocalCallback } from '../local-callbacks.ts';
import { type CalledFlow, runOnce } from '../run-once.ts';
import { createManualClock } from '../test-clock/manual-clock.ts';

/**
 * A case is a JSON file: `flow` (any workflow file), `trigger` (outputs), `mocks`, `upstream` (path → list of answers, the last one stays)
 * `callbacks` (action → what comes back to it, one a call), `flows` (name → a flow that others call),
 * `artifacts` (kind → name → lines of text) and `expected`, of which every member must be in the run's report. `"…"` stands for any value; no text of `absent` may be anywhere in the report.
 */
type Case = {
  readonly flow: JsonValue;
  readonly trigger?: JsonValue;
  readonly mocks?: { readonly [action: string]: JsonValue };
  readonly upstream?: { readonly [path: string]: readonly Answer[] };
  readonly callbacks?: { readonly [action: string]: readonly LocalCallback[] };
  readonly flows?: { readonly [name: string]: JsonValue };
  readonly artifacts?: { readonly [kind: string]: { readonly [name: string]: string | readonly string[] } };
  readonly absent?: readonly string[];
  readonly expected: JsonValue;
};

type Answer =
  | { readonly statusCode: number; readonly headers?: { readonly [name: string]: string }; readonly body?: JsonValue }
  | { readonly error: string; readonly retryable?: boolean };

const cases = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.json'));

it.each(cases)('%s', async (name) => {
  const { flow, trigger, mocks, upstream, callbacks, flows, artifacts, absent, expected } = JSON.parse(
    readFileSync(join(import.meta.dirname, name), 'utf8'),
  ) as Case;
  const file = readWorkflowFile(flow);
  if (file === undefined) throw new TypeError(`${name} holds no flow`);
  const clock = createManualClock();
  let isOver = false;
  const report = runOnce({
    definition: file.definition,
    parameters: file.parameters,
    connectionReferences: file.connectionReferences,
    triggerOutputs: trigger ?? {},
    mocks: mocks ?? {},
    invoker: scriptedInvoker(upstream ?? {}),
    ...(callbacks === undefined ? {} : { callbacks }),
    findFlow: async (reference) => calledFlow(flows ?? {}, reference),
    artifacts: artifactSource(artifacts ?? {}),
    // On this thread: the clock is turned by hand and would not wait for another process.
    transformer: { transform: runTransformation, close: async () => undefined },
    clock,
    ids: { owner: 'test', guid: () => '00000000-0000-0000-0000-000000000000', random: () => 0 },
  }).finally(() => {
    isOver = true;
  });
  for (let hour = 0; !isOver && hour < 100; hour++) await clock.advance(3_600_000);
  const text = JSON.stringify(await report);
  expect(onlyAsked(JSON.parse(text), expected)).toEqual(expected);
  expect((absent ?? []).filter((secret) => text.includes(secret))).toEqual([]);
});

function calledFlow(flows: NonNullable<Case['flows']>, reference: string): CalledFlow | undefined {
  const name = reference.slice(reference.lastIndexOf('/') + 1);
  const file = Object.hasOwn(flows, name) ? readWorkflowFile(flows[name] ?? null) : undefined;
  return file && { ...file, displayName: name };
}

function scriptedInvoker(script: NonNullable<Case['upstream']>): Invoker {
  const answers = new Map(Object.entries(script).map(([path, list]) => [path, [...list]]));
  return {
    effect: (invocation) => ('method' in invocation && invocation.method === 'GET' ? 'safe' : 'unsafe'),
    async invoke(invocation): Promise<InvocationResult> {
      const queue = answers.get(addressOf(invocation));
      const answer = queue !== undefined && queue.length > 1 ? queue.shift() : queue?.[0];
      if (answer === undefined) throw new InvocationError('NotScripted', `nothing answers ${addressOf(invocation)}`);
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

function artifactSource(given: NonNullable<Case['artifacts']>): ArtifactSource {
  return {
    async findArtifact(_environmentId, kind, name) {
      const content = given[kind]?.[name];
      if (content === undefined) return undefined;
      const text = typeof content === 'string' ? content : content.join('\n');
      return { kind, name, contentType: 'text/plain', content: text };
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

/** The report cut down to what a case speaks of. */
function onlyAsked(actual: JsonValue, expected: JsonValue): JsonValue {
  if (expected === '…') return actual === undefined ? actual : '…';
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return actual.map((item, index) => (index < expected.length ? onlyAsked(item, expected[index]) : item));
  }
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return actual;
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return actual;
  const object = actual as { readonly [key: string]: JsonValue };
  return Object.fromEntries(
    Object.entries(expected)
      .filter(([key]) => Object.hasOwn(object, key))
      .map(([key, value]) => [key, onlyAsked(object[key] ?? null, value)]),
  );
}
