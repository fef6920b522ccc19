import type { InvokedConnection } from './flow-source.ts';
import type { Failure, JsonText } from './run-record.ts';

/**
 * What is kept of triggers that hear of events at APIs. A *watch* is what is kept for one trigger of one flow: a subscription (the
 * API calls) or a poll (the platform asks).
 */

/**
 * `Starting`: not subscribed yet, or not polled yet. `Active`. `Stopped`: a poll whose flow is stopped; its state waits. `Ending`: a
 * subscription that has to be given back. `Failed`: it could not begin. `EndFailed`: it could not be given back.
 */
export type WatchStatus = 'Starting' | 'Active' | 'Stopped' | 'Ending' | 'Failed' | 'EndFailed';

export type WatchRecord = {
  readonly watchId: string;
  readonly kind: 'subscription' | 'poll';
  readonly flowId: string;
  readonly trigger: string;
  /** The newest revision whose trigger asks the same. */
  readonly flowRevision: number;
  readonly environmentId: string;
  readonly status: WatchStatus;
  /** Digest of what is asked of the API: when it changes, the watch ends and another begins. */
  readonly callHash: string;
  readonly connection: InvokedConnection;
  /** What is asked of it. */
  readonly target: WatchTarget;
  /** Names the address that the API calls; another one with every attempt to subscribe, so that a lost attempt's events are refused. */
  readonly addressId?: string;
  /** What the {@link TriggerSource} wants kept: of a subscription how to give it back, of a poll what has been seen. */
  readonly state?: JsonText;
  /** Events that a poll has brought and that have not become runs yet. */
  readonly pending?: JsonText;
  /** Counts what became pending. */
  readonly sequence: number;
  /** Failed attempts in a row. */
  readonly attempts: number;
  /** The last attempt's failure, until one succeeds. */
  readonly error?: Failure;
  /** When there is something to do; absent: nothing by the clock. */
  readonly dueMs?: number;
  /** Grows with every claim and change. */
  readonly version: number;
  readonly createdAtMs: number;
  readonly activeSinceMs?: number;
  /** When the API was last asked. */
  readonly lastContactMs?: number;
  readonly lastEventMs?: number;
};

/** An operation of a connector, a request below its connection, or an address anywhere, without its query. */
export type WatchTarget =
  | { readonly kind: 'operation'; readonly operationId: string }
  | { readonly kind: 'request'; readonly method: string; readonly path: string }
  | { readonly kind: 'http'; readonly method: string; readonly uri: string };

/** Something worth telling of a trigger beside its runs. */
export type TriggerNote = {
  readonly flowId: string;
  readonly trigger: string;
  readonly atMs: number;
  /** `fire`: it did not fire although it was its time, or somebody called. */
  readonly event: 'subscribe' | 'renew' | 'unsubscribe' | 'poll' | 'fire';
  readonly status: 'Succeeded' | 'Failed' | 'Skipped';
  readonly code: string;
  readonly message?: string;
};

/** Keeps watches. A claim is a lease: of several processes one works on a watch, and what a stale one writes is refused. */
export interface WatchStore {
  /** `false`: the trigger has a watch of this kind already (one that is being given back does not count). */
  insert(record: WatchRecord): Promise<boolean>;
  find(watchId: string): Promise<WatchRecord | undefined>;
  findByAddress(addressId: string): Promise<WatchRecord | undefined>;
  /** Of a flow, oldest first. */
  list(flowId: string): Promise<readonly WatchRecord[]>;
  /** Every flow that has a watch. */
  flowIds(): Promise<readonly string[]>;
  /** Watches whose time has come and that nobody holds, soonest first. */
  due(nowMs: number, limit: number): Promise<readonly string[]>;
  /** The next time that one becomes due or a lease on one runs out, if any. */
  nextDueMs(): Promise<number | undefined>;
  /** Takes a watch that is due until a time; `undefined` when it is not due, not there or another's. */
  claim(watchId: string, nowMs: number, leaseUntilMs: number): Promise<WatchRecord | undefined>;
  /**
   * Writes the record when the one that is kept still has its `version`, and answers it with the next one; `undefined` when it was
   * changed in the meantime. Ends the lease unless `keepsLease`.
   */
  change(record: WatchRecord, options?: { readonly keepsLease?: boolean }): Promise<WatchRecord | undefined>;
  /** Makes a watch due now besides its own time; whoever holds it is not disturbed, and looks again. */
  hasten(watchId: string, nowMs: number): Promise<boolean>;
  remove(watchId: string): Promise<void>;
  /** Keeps the newest hundred of a trigger; nothing of a flow that is gone. */
  note(note: TriggerNote): Promise<void>;
  /** Newest first. */
  notes(flowId: string, trigger: string, limit: number): Promise<readonly TriggerNote[]>;
}
