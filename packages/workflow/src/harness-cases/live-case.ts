import type { JsonValue } from '@patchbay/expression';
import type { FlowDefinition, PollAnswer, TriggerSource } from '../contract.ts';
import { readWorkflowFile } from '../document/read-workflow-file.ts';
import { createEmbeddedDispatcher } from '../engine/embedded-dispatcher.ts';
import { createEngine } from '../engine/engine.ts';
import type { FireResult } from '../engine/engine-contract.ts';
import { createMemoryRunStore } from '../memory/memory-run-store.ts';
import { createMemoryScheduleStore } from '../memory/memory-schedule-store.ts';
import { createMemoryWatchStore } from '../memory/memory-watch-store.ts';
import { compileDefinition } from '../plan/compile-definition.ts';
import { describeRun } from '../run-report.ts';
import { securedParts } from '../secure/secured-parts.ts';
import { createManualClock } from '../test-world/manual-clock.ts';
import type { FlowLife, HarnessCase, ScriptedPoll } from './harness-case.ts';
import { scriptedUpstream } from './scripted-upstream.ts';

const hourMs = 3_600_000;

/** Starts a flow, lets its triggers work for a while, stops it, and tells what came of that. */
export async function liveCase(given: HarnessCase, life: FlowLife): Promise<JsonValue> {
  const flow = flowOfCase(given.flow);
  const { plan } = compileDefinition(flow.definition, {
    parameters: flow.parameters,
    ...(flow.dialect === undefined ? {} : { dialect: flow.dialect }),
  });
  if (plan === undefined) throw new TypeError('the flow of the case cannot run');
  const clock = createManualClock();
  const [runs, watches] = [createMemoryRunStore(clock), createMemoryWatchStore()];
  const asked: string[] = [];
  let guids = 0;
  const ask = (what: string): void => void asked.push(`${new Date(clock.nowMs()).toISOString().slice(11, 19)} ${what}`);
  const engine = createEngine({
    store: runs,
    clock,
    invoker: scriptedUpstream(given.upstream ?? {}, clock),
    schedules: createMemoryScheduleStore(),
    dispatcher: createEmbeddedDispatcher(clock, runs),
    flows: { load: async () => flow },
    watching: { watches, source: scriptedSource(life.polls ?? [], ask) },
    ids: { owner: 'test', guid: () => `guid-${++guids}`, random: () => 0 },
  });
  await engine.start();
  await engine.scheduleFlow(flow);
  const trigger = plan.triggers[0]?.name ?? '';
  const results: { [index: number]: FireResult } = {};
  for (const [index, { afterMs, outputs }] of (life.requests ?? []).entries()) {
    clock.at(clock.nowMs() + afterMs, async () => {
      results[index] = await engine.fire({ flow, trigger, outputs, wantsResponse: true });
    });
  }
  for (const { afterMs } of life.notices ?? []) {
    clock.at(clock.nowMs() + afterMs, async () => {
      const asks = (await watches.list(flow.flowId)).find(({ kind }) => kind === 'poll');
      await engine.checkWatch(asks?.watchId ?? '');
    });
  }
  await clock.advance(life.hours * hourMs);
  await engine.unscheduleFlow(flow.flowId);
  await clock.advance(1);
  const listed = await runs.listRuns({ flowId: flow.flowId, limit: 1_000 });
  const secured = securedParts(flow.definition);
  const reports = await Promise.all(
    listed.toReversed().map(({ runId }) => describeRun(runs, plan, secured, runId, undefined)),
  );
  const notes = await watches.notes(flow.flowId, trigger, 100);
  await engine.drain(0);
  return JSON.parse(
    JSON.stringify({
      runs: reports,
      requests: Object.values(results).map(({ fired, reason }) => ({ fired, reason })),
      asked,
      notes: notes.toReversed().map(({ event, status, code }) => `${event} ${status} ${code}`),
    }),
  ) as JsonValue;
}

/** The flow of a case as a server would have it. */
export function flowOfCase(document: JsonValue): FlowDefinition {
  const file = readWorkflowFile(document);
  if (file === undefined) throw new TypeError('the case holds no flow');
  const { definition, parameters, connectionReferences, kind, dialect } = file;
  return {
    flowId: 'flow',
    revision: 1,
    displayName: 'Flow',
    environmentId: 'local',
    stateless: kind === 'Stateless',
    definition,
    parameters,
    connectionReferences,
    ...(dialect === undefined ? {} : { dialect }),
  };
}

function scriptedSource(polls: readonly ScriptedPoll[], ask: (what: string) => void): TriggerSource {
  const answers = [...polls];
  return {
    callbackUrl: async (_flowId, addressId) => `https://callback.invalid/${addressId}`,
    async subscribe() {
      ask('subscribe');
      return { kind: 'subscribed', state: {} };
    },
    async unsubscribe() {
      ask('unsubscribe');
      return { kind: 'unsubscribed' };
    },
    async poll(_call, state): Promise<PollAnswer> {
      ask(`poll ${JSON.stringify(state)}`);
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? {};
      if (!('error' in answer)) return { kind: 'polled', ...answer, state: answer.state ?? null };
      const error = { code: answer.error, message: `${answer.error} as scripted` };
      return { kind: 'failed', error, isRetryable: answer.retryable };
    },
  };
}
