import type { JsonValue, Value } from '@patchbay/expression';
import type {
  Clock,
  FlowDefinition,
  TriggerSource,
  WatchContext,
  WatchFailure,
  WatchRecord,
  WatchStore,
} from '../contract.ts';
import type { EngineLogger } from '../engine/engine-contract.ts';
import type { LoadedFlow } from '../engine/plan-cache.ts';
import { EngineStoppedError } from '../failures.ts';
import type { TriggerPlan, WatchPlan } from '../plan/plan.ts';
import type { ReadRecurrence } from '../recurrence/recurrence.ts';
import type { CallSight } from '../triggers/connector-call.ts';

/** What keeping watches needs of its engine. */
export type WatchHost = {
  readonly clock: Clock;
  readonly watches: WatchStore;
  readonly source: TriggerSource;
  readonly logger: EngineLogger;
  /** Aborted when the engine stops. */
  readonly stopping: AbortSignal;
  guid(): string;
  /** In [0, 1). */
  random(): number;
  load(flowId: string, revision: number): Promise<LoadedFlow | undefined>;
  compile(flow: FlowDefinition): LoadedFlow;
  /** What the trigger's call can see; where it subscribes also the address that the API is to call, and what it answered. */
  sight(
    loaded: LoadedFlow,
    trigger: TriggerPlan,
    subscribing?: { readonly callbackUrl: string; readonly outputs?: Value },
  ): CallSight;
  recurrence(loaded: LoadedFlow, trigger: TriggerPlan): ReadRecurrence | undefined;
  /** Resolves when the runs are durable. `full`: nothing was started because as many runs as may be are running and waiting. */
  fire(loaded: LoadedFlow, trigger: string, outputs: Value, uniqueKey: string): Promise<'done' | 'full'>;
};

/** A lease outlives the longest call that is made under it. */
export const leaseMs = 180_000;
const callTimeoutMs = 120_000;

/** Makes a call of the source under a deadline; whatever it throws is a failure as well. Throws `EngineStoppedError` when the engine stops meanwhile. */
export async function callSource<Answer>(
  host: WatchHost,
  record: WatchRecord,
  call: (context: WatchContext) => Promise<Answer>,
): Promise<Answer | WatchFailure> {
  const answer = await callWithin(host, record, call);
  // Nobody waits for the answer any more, and whoever looks next asks again.
  if (host.stopping.aborted) throw new EngineStoppedError();
  return answer;
}

async function callWithin<Answer>(
  host: WatchHost,
  record: WatchRecord,
  call: (context: WatchContext) => Promise<Answer>,
): Promise<Answer | WatchFailure> {
  const abort = new AbortController();
  const cancel = host.clock.at(host.clock.nowMs() + callTimeoutMs, () => abort.abort());
  const { environmentId, flowId, trigger, addressId } = record;
  const stop = (): void => abort.abort();
  host.stopping.addEventListener('abort', stop);
  const context = { environmentId, flowId, trigger, timeoutMs: callTimeoutMs, signal: abort.signal };
  try {
    return await call(addressId === undefined ? context : { ...context, addressId });
  } catch (error) {
    host.logger.error({ err: error, flowId, trigger }, 'a trigger could not ask its API');
    return failed('InternalServerError', 'The API could not be asked, for a reason that only the log knows.', true);
  } finally {
    host.stopping.removeEventListener('abort', stop);
    cancel();
  }
}

export function failed(code: string, message: string, isRetryable: boolean): WatchFailure {
  return { kind: 'failed', error: { code, message }, isRetryable };
}

/** The trigger of a loaded flow that a record is about, with how it watches. */
export function watchedTrigger(
  loaded: LoadedFlow | undefined,
  record: Pick<WatchRecord, 'trigger'>,
): { readonly loaded: LoadedFlow; readonly trigger: TriggerPlan; readonly watch: WatchPlan } | undefined {
  const trigger = loaded?.plan.triggers.find(({ name }) => name === record.trigger);
  return loaded === undefined || trigger?.watch === undefined ? undefined : { loaded, trigger, watch: trigger.watch };
}

export function parseState(text: string | undefined): JsonValue {
  // Written by this package with JSON.stringify.
  return text === undefined ? null : (JSON.parse(text) as JsonValue);
}

/** The record without some of its optional members. */
export function without<Name extends keyof WatchRecord>(record: WatchRecord, ...names: readonly Name[]): WatchRecord {
  const kept = Object.entries(record).filter(([name]) => !(names as readonly string[]).includes(name));
  // Only optional members are left out, so what is left is a record.
  return Object.fromEntries(kept) as WatchRecord;
}
