import type { Clock, FlowDefinition, ScheduleRecord, ScheduleStore } from '../contract.ts';
import { nextRecurrence } from '../recurrence/next-recurrence.ts';
import type { Recurrence, readRecurrence } from '../recurrence/recurrence.ts';
import type { LoadedFlow } from './plan-cache.ts';

/** A slot found this late (a restart, a busy process) still fires; older ones are dropped. */
const latenessToleranceMs = 60_000;
/** The next fire of a recurrence that has ended. */
const neverMs = 8_640_000_000_000_000;

export type RecurrenceHost = {
  readonly clock: Clock;
  readonly schedules: ScheduleStore;
  load(flowId: string, revision: number): Promise<LoadedFlow | undefined>;
  compile(flow: FlowDefinition): LoadedFlow;
  /** The value of the trigger's recurrence, with the flow's parameters. */
  read(loaded: LoadedFlow, trigger: string): ReturnType<typeof readRecurrence> | undefined;
  fire(loaded: LoadedFlow, trigger: string, fireMs: number, uniqueKey: string): Promise<void>;
  report(error: unknown, record: ScheduleRecord): void;
};

/** Fires Recurrence triggers by the schedule store, so that a restart neither forgets a slot nor fires it twice. */
export class RecurrenceTimer {
  readonly #host: RecurrenceHost;
  #cancel: (() => void) | undefined;
  #tick: Promise<void> | undefined;
  #isRunning = false;

  constructor(host: RecurrenceHost) {
    this.#host = host;
  }

  async start(): Promise<void> {
    this.#isRunning = true;
    await this.#look();
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#cancel?.();
    this.#cancel = undefined;
    await this.#tick;
  }

  async put(flow: FlowDefinition): Promise<void> {
    const { clock, schedules } = this.#host;
    const loaded = this.#host.compile(flow);
    const known = (await schedules.list()).filter((record) => record.flowId === flow.flowId);
    const nowMs = clock.nowMs();
    const wanted: ScheduleRecord[] = [];
    for (const { name } of loaded.plan.triggers) {
      const before = known.find((record) => record.trigger === name);
      if (before?.flowRevision === flow.revision) {
        wanted.push(before);
        continue;
      }
      const read = this.#host.read(loaded, name);
      if (read?.kind !== 'recurrence') continue;
      const nextFireMs = nextRecurrence(read.recurrence, { afterMs: nowMs - 1, anchorMs: nowMs }) ?? neverMs;
      wanted.push({ flowId: flow.flowId, trigger: name, flowRevision: flow.revision, nextFireMs });
    }
    if (known.some((record) => !wanted.some(({ trigger }) => trigger === record.trigger)))
      await schedules.remove(flow.flowId);
    for (const record of wanted) await schedules.put(record);
    await this.#look();
  }

  async remove(flowId: string): Promise<void> {
    await this.#host.schedules.remove(flowId);
  }

  #look(): Promise<void> {
    this.#tick ??= this.#fireDue().finally(() => {
      this.#tick = undefined;
    });
    return this.#tick;
  }

  async #fireDue(): Promise<void> {
    if (!this.#isRunning) return;
    const { clock, schedules } = this.#host;
    for (const record of await schedules.list()) {
      if (record.nextFireMs > clock.nowMs()) continue;
      try {
        await this.#fireOne(record);
      } catch (error) {
        this.#host.report(error, record);
      }
    }
    const nextMs = (await schedules.list()).reduce((soonest, { nextFireMs }) => Math.min(soonest, nextFireMs), neverMs);
    this.#cancel?.();
    this.#cancel = undefined;
    if (!this.#isRunning || nextMs >= neverMs) return;
    this.#cancel = clock.at(Math.max(nextMs, clock.nowMs() + 1), () => {
      this.#cancel = undefined;
      void this.#look();
    });
  }

  /** The slot is moved on even when the flow cannot run: a broken flow must not be tried without pause. */
  async #fireOne(record: ScheduleRecord): Promise<void> {
    const { clock, schedules } = this.#host;
    const { flowId, trigger, flowRevision, nextFireMs } = record;
    const loaded = await this.#host.load(flowId, flowRevision);
    if (loaded === undefined) {
      await schedules.remove(flowId);
      return;
    }
    const read = this.#host.read(loaded, trigger);
    const followingMs = read?.kind === 'recurrence' ? this.#following(read.recurrence, record) : neverMs;
    const isFirst = record.lastFireMs === undefined;
    try {
      if (isFirst || clock.nowMs() - nextFireMs <= latenessToleranceMs) {
        await this.#host.fire(loaded, trigger, nextFireMs, `${flowId}/${trigger}/${nextFireMs}`);
      }
    } finally {
      await schedules.advance(flowId, trigger, nextFireMs, followingMs);
    }
  }

  #following(recurrence: Recurrence, record: ScheduleRecord): number {
    const afterMs = Math.max(this.#host.clock.nowMs(), record.nextFireMs);
    const times = { afterMs, anchorMs: record.nextFireMs, lastFireMs: record.nextFireMs };
    return nextRecurrence(recurrence, times) ?? neverMs;
  }
}
