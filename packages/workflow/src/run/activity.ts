import { parseJson, type Value } from '@patchbay/expression';
import type { Outcome } from '../actions/action-kind.ts';
import type { ActionRecord, Failure, JsonText, RetryAttempt, Status, Timestamp } from '../contract.ts';
import type { ActionPlan, Block } from '../plan/plan.ts';
import type { LateState } from './late-state.ts';

/** One execution of a block: the run itself, a branch, one iteration of a loop. */
export type Frame = {
  readonly block: Block;
  readonly parent: Frame | undefined;
  /** The activity whose block this is. */
  readonly owner: Activity | undefined;
  /** Key of the enclosing iterations, as records carry it. */
  readonly iteration: string;
  /** Position in the innermost loop, counted from 0. */
  readonly index: number;
  /** The current item of a Foreach. */
  readonly item: Value;
  readonly activities: (Activity | undefined)[];
  /** Predecessors that each member still waits for. */
  readonly pending: number[];
  remaining: number;
};

export type ForeachLoop = {
  readonly kind: 'foreach';
  readonly activity: Activity;
  readonly items: readonly Value[];
  readonly block: number;
  readonly concurrency: number;
  /** Items that have begun and are not over, oldest first; a list, because a set that is filled and emptied all the time keeps what was in it (see `HeldMap`). */
  readonly live: Frame[];
  /** 1 at the index of an item that was over when the run was taken over. */
  readonly isOver: Uint8Array | undefined;
  next: number;
  finished: number;
  hasFailed: boolean;
  isQueued: boolean;
};

export type UntilLoop = {
  readonly kind: 'until';
  readonly activity: Activity;
  readonly rule: Extract<Outcome, { kind: 'until' }>;
  readonly startedMs: number;
  /** The round that is not over. */
  live: Frame | undefined;
  next: number;
};

export type Loop = ForeachLoop | UntilLoop;

/** A call under way: everything that another attempt needs. */
export type Call = {
  readonly request: CallRequest;
  readonly idempotencyKey: string;
  readonly deadlineMs: number | undefined;
  readonly history: RetryAttempt[];
  /** Where an asynchronous operation is asked for its answer. */
  location: string | undefined;
  abort: AbortController | undefined;
  /** Nobody wants to know the answer any more. */
  isAbandoned: boolean;
  /** What waits for a signal, or will. */
  late: LateState | undefined;
};

export type CallRequest = Extract<Outcome, { kind: 'call' | 'call-flow' }>;

/** One action in one iteration while its run is in memory: the record being made. */
export class Activity {
  readonly kind = 'activity';
  readonly action: ActionPlan;
  readonly frame: Frame;
  status: Status = 'Running';
  isDone = false;
  code: string | undefined;
  error: Failure | undefined;
  startTime: Timestamp = '';
  endTime: Timestamp | undefined;
  trackingId = '';
  trackedProperties: Value | undefined;
  sequence = 0;
  /** The batch of the journal that holds this activity's next record. */
  batch = -1;
  frames: Frame[] | undefined;
  loop: Loop | undefined;
  call: Call | undefined;
  intent: ActionRecord['intent'];
  wakeAtMs: number | undefined;
  waitState: JsonText | undefined;
  retryHistory: readonly RetryAttempt[] | undefined;
  repetitionCount: number | undefined;
  #inputs: Value | undefined;
  #outputs: Value | undefined;
  #inputsText: JsonText | undefined;
  #outputsText: JsonText | undefined;

  constructor(action: ActionPlan, frame: Frame) {
    this.action = action;
    this.frame = frame;
  }

  get inputs(): Value | undefined {
    if (this.#inputs === undefined && this.#inputsText !== undefined) this.#inputs = parseJson(this.#inputsText);
    return this.#inputs;
  }

  set inputs(value: Value | undefined) {
    this.#inputs = value;
    this.#inputsText = undefined;
  }

  get outputs(): Value | undefined {
    if (this.#outputs === undefined && this.#outputsText !== undefined) this.#outputs = parseJson(this.#outputsText);
    return this.#outputs;
  }

  set outputs(value: Value | undefined) {
    this.#outputs = value;
    this.#outputsText = undefined;
  }

  /** The texts that records keep; each value becomes text once. */
  texts(stringify: (value: Value) => JsonText): { inputs: JsonText | undefined; outputs: JsonText | undefined } {
    if (this.#inputsText === undefined && this.#inputs !== undefined) this.#inputsText = stringify(this.#inputs);
    if (this.#outputsText === undefined && this.#outputs !== undefined) {
      this.#outputsText = this.#outputs === this.#inputs ? this.#inputsText : stringify(this.#outputs);
    }
    return { inputs: this.#inputsText, outputs: this.#outputsText };
  }

  /** Takes over what a record says. */
  load(record: ActionRecord): void {
    this.status = record.status;
    this.code = record.code;
    this.error = record.error;
    this.startTime = record.startTime;
    this.endTime = record.endTime;
    this.trackingId = record.trackingId;
    this.sequence = record.sequence;
    this.intent = record.intent;
    this.wakeAtMs = record.wakeAtMs;
    this.waitState = record.waitState;
    this.retryHistory = record.retryHistory;
    this.repetitionCount = record.repetitionCount;
    this.trackedProperties = record.trackedProperties === undefined ? undefined : parseJson(record.trackedProperties);
    this.#inputsText = record.inputs;
    this.#outputsText = record.outputs;
  }
}

export function openFrame(
  block: Block,
  parent: Frame | undefined,
  owner: Activity | undefined,
  place: { readonly iteration: string; readonly index: number; readonly item: Value },
): Frame {
  return {
    block,
    parent,
    owner,
    iteration: place.iteration,
    index: place.index,
    item: place.item,
    activities: new Array<Activity | undefined>(block.members.length).fill(undefined),
    pending: block.pending.slice(),
    remaining: block.members.length,
  };
}

/** The key of one iteration inside another. */
export function iterationKey(parent: string, index: number): string {
  const own = String(index).padStart(6, '0');
  return parent === '' ? own : `${parent}-${own}`;
}

/** What a store keys records by within a run. */
export function recordKey(action: string, iteration: string): string {
  return `${iteration}/${action}`;
}
