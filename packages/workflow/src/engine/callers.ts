import type { ResponseMessage } from './engine-contract.ts';
import { HeldMap } from './held-map.ts';

/** How long a caller may wait for a Response action (the platform's limit for synchronous calls). */
const callerPatienceMs = 120_000;

type Caller = { readonly deliver: (message: ResponseMessage) => void; readonly untilMs: number };

/** Who waits, in this process, for what a run's Response action says. */
export class Callers {
  readonly #byRun = new HeldMap<string, Caller>();
  /** How long each of them waits. */
  readonly patienceMs: number;

  constructor(patienceMs = callerPatienceMs) {
    this.patienceMs = patienceMs;
  }

  await(runId: string, nowMs: number): Promise<ResponseMessage> {
    return new Promise((deliver) => this.#byRun.set(runId, { deliver, untilMs: nowMs + this.patienceMs }));
  }

  awaits(runId: string): boolean {
    return this.#byRun.get(runId) !== undefined;
  }

  /** Somebody waited for this run, and has gone by now. */
  isTooLate(runId: string, nowMs: number): boolean {
    const untilMs = this.untilMs(runId);
    return untilMs !== undefined && untilMs < nowMs;
  }

  /** Until when somebody waits for this run; undefined: nobody does. */
  untilMs(runId: string): number | undefined {
    return this.#byRun.get(runId)?.untilMs;
  }

  forget(runId: string): void {
    this.#byRun.delete(runId);
  }

  answer(runId: string, message: ResponseMessage): void {
    this.#byRun.get(runId)?.deliver(message);
    this.#byRun.delete(runId);
  }

  /** Tells whoever waits for the run that no Response action will answer. */
  disappoint(runId: string, why: string, cause?: unknown): void {
    this.answer(runId, noResponse(why, cause));
  }

  /** Tells whoever waits for the run that its answer will come when nobody waits any more. */
  dismiss(runId: string, why: string): void {
    this.answer(runId, {
      kind: 'no-response',
      code: 'GatewayTimeout',
      message: `The flow does not respond in time: ${why}.`,
    });
  }

  disappointAll(why: string): void {
    for (const { deliver } of this.#byRun.values()) deliver(noResponse(why));
    this.#byRun.clear();
  }
}

function noResponse(why: string, cause?: unknown): ResponseMessage {
  const message = `The server did not receive a response: ${why}.`;
  return { kind: 'no-response', code: 'NoResponse', message, ...(cause !== undefined && { cause }) };
}
