import type { Clock, FlowDefinition, ScheduleRecord, ScheduleStore } from '../contract.ts';
import { DefinitionError, EngineStoppedError } from '../failures.ts';
import { nextRecurrence } from '../recurrence/next-recurrence.ts';
import type { ReadTiming, Timing } from '../recurrence/timing.ts';
import { nextWindow } from '../recurrence/window.ts';
import type { LoadedFlow } from './plan-cache.ts';

/** A slot found this late (a restart, a busy process) still fires; older ones are dropped. */
const latenessToleranceMs = 60_000;
/** The next fire of a recurrence that has ended. */
const neverMs = 8_640_000_000_000_000;
/** Windows of one trigger that are caught up with in one go; then others have their turn. */
const windowsAtATime = 20;
/** Between two looks at what is still due after it was looked after. */
const breathMs = 1_000;
/** After this what could not fire is tried again. */
const retryMs = 5_000;
/** How soon what another process has scheduled is noticed. */
const longestSleepMs = 60_000;
const dueAtATime = 1_000;
const firesAtATime = 16;

/** A trigger's time has come. */
export type ClockFire = {
  readonly loaded: LoadedFlow;
  readonly trigger: string;
  readonly fireMs: number;
  /** Of a sliding window. */
  readonly window?: { readonly startMs: number; readonly endMs: number };
  readonly uniqueKey: string;
};

export type RecurrenceHost = {
  readonly clock: Clock;
  readonly schedules: ScheduleStore;
  load(flowId: string, revision: number): Promise<LoadedFlow | undefined>;
  compile(flow: FlowDefinition): LoadedFlow;
  /** What of the flow may go by the clock. */
  names(loaded: LoadedFlow): readonly string[];
  /** When it does, with the flow's parameters. */
  read(loaded: LoadedFlow, trigger: string): ReadTiming | undefined;
  /** `full`: nothing was started because as many runs as may be are running and waiting. */
  fire(fire: ClockFire): Promise<'done' | 'full'>;
  report(error: unknown, record: Pick<ScheduleRecord, 'flowId' | 'trigger'> | undefined): void;
};

/** Fires triggers by the clock, by the schedule store, so that a restart neither forgets a slot nor fires it twice. */
export class RecurrenceTimer {
  readonly #host: RecurrenceHost;
  /** Triggers that could not fire, and until when they are left alone. */
  readonly #resting = new Map<string, number>();
  #cancel: (() => void) | undefined;
  #tick: Promise<void> | undefined;
  #looksAgain = false;
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

  /** The same revision again changes nothing. A sliding window goes on where it was as long as it asks for the same. */
  async put(flow: FlowDefinition): Promise<void> {
    const { schedules } = this.#host;
    const loaded = this.#host.compile(flow);
    const known = await schedules.list(flow.flowId);
    const wanted = this.#host.names(loaded).flatMap((name) => {
      const before = known.find(({ trigger }) => trigger === name);
      const record = this.#wanted(loaded, name, before);
      return record === undefined ? [] : [{ record, isNew: record !== before }];
    });
    for (const { trigger } of known) {
      if (!wanted.some(({ record }) => record.trigger === trigger)) await schedules.remove(flow.flowId, trigger);
    }
    for (const { record, isNew } of wanted) if (isNew) await schedules.put(record);
    await this.#look();
  }

  /** The flow has stopped: sliding windows keep their place unless it is gone. */
  async remove(flowId: string, { isGone }: { readonly isGone: boolean }): Promise<void> {
    const { schedules } = this.#host;
    if (isGone) {
      await schedules.remove(flowId);
      return;
    }
    for (const record of await schedules.list(flowId)) {
      if (record.isStopped === true) continue;
      const loaded = await this.#load(record);
      const read = loaded === undefined ? undefined : this.#host.read(loaded, record.trigger);
      if (read?.kind === 'timing' && read.timing.window !== undefined) {
        await schedules.put({ ...record, isStopped: true });
      } else await schedules.remove(flowId, record.trigger);
    }
  }

  #wanted(loaded: LoadedFlow, trigger: string, before: ScheduleRecord | undefined): ScheduleRecord | undefined {
    const { flowId, revision } = loaded.flow;
    if (before?.flowRevision === revision && before.isStopped !== true) return before;
    const read = this.#host.read(loaded, trigger);
    if (read?.kind !== 'timing') return undefined;
    const { timing } = read;
    if (timing.window !== undefined && before?.digest === timing.digest) {
      const { isStopped: _isStopped, ...going } = before;
      return { ...going, flowRevision: revision };
    }
    const nowMs = this.#host.clock.nowMs();
    return {
      flowId,
      trigger,
      flowRevision: revision,
      nextFireMs: firstFireMs(timing, nowMs),
      anchorMs: nowMs,
      digest: timing.digest,
    };
  }

  /** Something may have been scheduled by another process. */
  look(): void {
    if (this.#isRunning) void this.#look();
  }

  #look(): Promise<void> {
    this.#looksAgain = true;
    this.#tick ??= this.#fireDue()
      .catch((error: unknown) => {
        this.#host.report(error, undefined);
        this.#sleepUntil(this.#host.clock.nowMs() + retryMs);
      })
      .finally(() => {
        this.#tick = undefined;
        if (this.#looksAgain && this.#isRunning) void this.#look();
      });
    return this.#tick;
  }

  async #fireDue(): Promise<void> {
    this.#looksAgain = false;
    if (!this.#isRunning) return;
    const { clock, schedules } = this.#host;
    const nowMs = clock.nowMs();
    const due = (await schedules.due(nowMs, dueAtATime)).filter((record) => !this.#isResting(record, nowMs));
    for (let first = 0; first < due.length; first += firesAtATime) {
      await Promise.all(due.slice(first, first + firesAtATime).map((record) => this.#attend(record)));
    }
    const nextMs = (await schedules.nextDueMs()) ?? neverMs;
    const laterMs = clock.nowMs();
    this.#sleepUntil(Math.min(nextMs <= laterMs ? laterMs + breathMs : nextMs, laterMs + longestSleepMs));
  }

  #isResting({ flowId, trigger }: ScheduleRecord, nowMs: number): boolean {
    const key = `${flowId}/${trigger}`;
    const untilMs = this.#resting.get(key);
    if (untilMs === undefined || untilMs > nowMs) return untilMs !== undefined;
    this.#resting.delete(key);
    return false;
  }

  #rest({ flowId, trigger }: ScheduleRecord): void {
    this.#resting.set(`${flowId}/${trigger}`, this.#host.clock.nowMs() + retryMs);
  }

  async #attend(record: ScheduleRecord): Promise<void> {
    try {
      await this.#fireOne(record);
    } catch (error) {
      // It is this process that stops: the slot is left to whoever looks next.
      if (error instanceof EngineStoppedError) return;
      this.#host.report(error, record);
      this.#rest(record);
    }
  }

  async #fireOne(record: ScheduleRecord): Promise<void> {
    const { schedules } = this.#host;
    const { flowId, trigger, nextFireMs } = record;
    const loaded = await this.#load(record);
    if (loaded === undefined) return;
    const read = this.#host.read(loaded, trigger);
    if (read?.kind !== 'timing') {
      await schedules.advance(flowId, trigger, nextFireMs, neverMs);
    } else if (read.timing.window === undefined) await this.#fireSlot(loaded, record, read.timing);
    else await this.#fireWindows(loaded, record, read.timing, read.timing.window.delayMs);
  }

  /** A flow that is gone or that cannot run any more fires never again. */
  async #load({ flowId, flowRevision, trigger, nextFireMs }: ScheduleRecord): Promise<LoadedFlow | undefined> {
    const { schedules } = this.#host;
    try {
      const loaded = await this.#host.load(flowId, flowRevision);
      if (loaded === undefined) await schedules.remove(flowId);
      return loaded;
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      await schedules.advance(flowId, trigger, nextFireMs, neverMs);
      this.#host.report(error, { flowId, trigger });
      return undefined;
    }
  }

  async #fireSlot(loaded: LoadedFlow, record: ScheduleRecord, { recurrence }: Timing): Promise<void> {
    const { clock, schedules } = this.#host;
    const { flowId, trigger, nextFireMs, anchorMs } = record;
    const nowMs = clock.nowMs();
    if (record.lastFireMs === undefined || nowMs - nextFireMs <= latenessToleranceMs) {
      const fire = { loaded, trigger, fireMs: nextFireMs, uniqueKey: `${flowId}/${trigger}/${nextFireMs}` };
      await this.#host.fire(fire);
    }
    const afterMs = Math.max(nowMs, nextFireMs);
    const followingMs = nextRecurrence(recurrence, { afterMs, anchorMs }) ?? neverMs;
    await schedules.advance(flowId, trigger, nextFireMs, followingMs);
  }

  /** Window after window, until one lies ahead. */
  async #fireWindows(loaded: LoadedFlow, first: ScheduleRecord, timing: Timing, delayMs: number): Promise<void> {
    const { clock, schedules } = this.#host;
    const { flowId, trigger, anchorMs } = first;
    let fireMs = first.nextFireMs;
    for (let fired = 0; fired < windowsAtATime && fireMs <= clock.nowMs() && this.#isRunning; fired++) {
      const endMs = fireMs - delayMs;
      const window = nextWindow(timing.recurrence, { afterMs: endMs - 1, anchorMs });
      if (window !== undefined) {
        const uniqueKey = `${flowId}/${trigger}/${window.startMs}-${window.endMs}`;
        // None is left out: this one waits for its place.
        if ((await this.#host.fire({ loaded, trigger, fireMs, window, uniqueKey })) === 'full') {
          this.#rest(first);
          return;
        }
      }
      const following = nextWindow(timing.recurrence, { afterMs: endMs, anchorMs });
      const followingMs = following === undefined ? neverMs : following.endMs + delayMs;
      if (!(await schedules.advance(flowId, trigger, fireMs, followingMs))) return;
      fireMs = followingMs;
    }
  }

  #sleepUntil(atMs: number): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (!this.#isRunning) return;
    this.#cancel = this.#host.clock.at(Math.max(atMs, this.#host.clock.nowMs() + 1), () => {
      this.#cancel = undefined;
      void this.#look();
    });
  }
}

function firstFireMs({ recurrence, window }: Timing, nowMs: number): number {
  if (window === undefined) return nextRecurrence(recurrence, { afterMs: nowMs - 1, anchorMs: nowMs }) ?? neverMs;
  const first = nextWindow(recurrence, { afterMs: Number.NEGATIVE_INFINITY, anchorMs: nowMs });
  return first === undefined ? neverMs : first.endMs + window.delayMs;
}
