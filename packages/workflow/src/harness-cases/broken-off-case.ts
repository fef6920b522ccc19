import type { JsonValue } from '@patchbay/expression';
import type { FlowDefinition, RunEntry, RunStore } from '../contract.ts';
import { createEmbeddedDispatcher } from '../engine/embedded-dispatcher.ts';
import { WorkflowEngine } from '../engine/engine.ts';
import { createMemoryRunStore } from '../memory/memory-run-store.ts';
import { createMemoryScheduleStore } from '../memory/memory-schedule-store.ts';
import { compileDefinition } from '../plan/compile-definition.ts';
import type { Plan } from '../plan/plan.ts';
import { describeRun } from '../run-report.ts';
import { securedParts } from '../secure/secured-parts.ts';
import { createManualClock, eventLoopTurns, type ManualClock } from '../test-world/manual-clock.ts';
import type { HarnessCase } from './harness-case.ts';
import { flowOfCase } from './live-case.ts';
import { scriptedUpstream } from './scripted-upstream.ts';

const hourMs = 3_600_000;
const longestHours = 100 * 24;

/** What a run had appended, and when. */
type Append = { readonly entries: readonly RunEntry[]; readonly atMs: number };
type World = { readonly clock: ManualClock; readonly store: RunStore; readonly engine: WorkflowEngine };

export type BrokenOff = {
  /** The report of the run that nothing disturbed; without times. */
  readonly whole: JsonValue;
  /** How often it appended. */
  readonly appends: number;
  /** The report of the same run when its process dies after so many appends and another goes on with what was durable then. */
  readonly after: (appends: number) => Promise<JsonValue>;
};

/** Runs a case with an append for each record, so that it can be broken off between any two of them. */
export async function breakOff(given: HarnessCase): Promise<BrokenOff> {
  const flow = flowOfCase(given.flow);
  const { plan } = compileDefinition(flow.definition, { parameters: flow.parameters, ...dialectOf(flow) });
  if (plan === undefined) throw new TypeError('the flow of the case cannot run');
  const appends: Append[] = [];
  const first = openWorld(flow, given, 'one', undefined, appends);
  await first.engine.start();
  const fired = await first.engine.fire({ flow, trigger: plan.triggers[0]?.name ?? '', outputs: given.trigger ?? {} });
  const runId = fired.runs[0]?.runId;
  if (runId === undefined) throw new TypeError('the flow of the case has not begun');
  const whole = await toItsEnd(first, flow, plan, runId);
  return {
    whole,
    appends: appends.length,
    async after(count) {
      const kept = appends.slice(0, count);
      const second = openWorld(flow, given, 'two', kept.at(-1)?.atMs, []);
      for (const { entries } of kept) await second.store.append({ runId, epoch: 1 }, entries.map(ofNobody));
      await second.engine.start();
      return toItsEnd(second, flow, plan, runId);
    },
  };
}

function openWorld(
  flow: FlowDefinition,
  given: HarnessCase,
  owner: string,
  atMs: number | undefined,
  appends: Append[],
): World {
  const clock = createManualClock(atMs);
  const store = createMemoryRunStore(clock);
  const engine = new WorkflowEngine(
    {
      store: remembering(store, clock, appends),
      clock,
      invoker: scriptedUpstream(given.upstream ?? {}, clock),
      schedules: createMemoryScheduleStore(),
      dispatcher: createEmbeddedDispatcher(clock, store),
      flows: { load: async () => flow },
      ids: { owner, guid: () => '00000000-0000-0000-0000-000000000000', random: () => 0 },
    },
    { recordsAtATime: 1, firesByItself: false },
  );
  return { clock, store, engine };
}

/** The same store, with every append written down as well. */
function remembering(store: RunStore, clock: ManualClock, appends: Append[]): RunStore {
  return new Proxy(store, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key);
      if (key !== 'append') return typeof member === 'function' ? member.bind(target) : member;
      const append: RunStore['append'] = async (lease, entries) => {
        appends.push({ entries, atMs: clock.nowMs() });
        await target.append(lease, entries);
      };
      return append;
    },
  });
}

async function toItsEnd(
  { clock, store, engine }: World,
  flow: FlowDefinition,
  plan: Plan,
  runId: string,
): Promise<JsonValue> {
  const isOver = async (): Promise<boolean> => {
    await eventLoopTurns();
    const status = (await store.findRun(runId))?.status;
    return status !== 'Running' && status !== 'Waiting';
  };
  for (let hour = 0; !(await isOver()); hour++) {
    if (hour > longestHours) throw new Error('the run does not end');
    await clock.advance(hourMs);
  }
  const report = await describeRun(store, plan, securedParts(flow.definition), runId, undefined);
  await engine.drain(0);
  return withoutTimes(JSON.parse(JSON.stringify(report)) as JsonValue);
}

/** Nobody's lease has to run out first, so that times are the same. */
function ofNobody(entry: RunEntry): RunEntry {
  return entry.kind === 'run-started' ? { ...entry, leaseUntilMs: 0 } : entry;
}

function dialectOf({ dialect }: FlowDefinition): Pick<FlowDefinition, 'dialect'> {
  return dialect === undefined ? {} : { dialect };
}

const timed = new Set(['startTime', 'endTime', 'scheduledTime', 'retryHistory']);

function withoutTimes(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => withoutTimes(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !timed.has(name))
      .map(([name, member]) => [name, withoutTimes(member)]),
  );
}
