import type { Admission, RunGate, RunSignal } from '@patchbay/workflow';
import type { Deletion, ExpiredRuns } from '../history/contract.ts';
import type { Outage } from '../outage.ts';

export type SqliteValue = string | number | null;

/**
 * One change of the record of runs, as it goes to the thread that writes: plain values, cheap to copy between threads. Times are in
 * milliseconds since the epoch.
 */
export type RunWrite =
  | RunAppend
  | {
      readonly kind: 'claim';
      readonly runId: string;
      readonly owner: string;
      readonly leaseUntilMs: number;
      readonly nowMs: number;
      /** Sleeping runs whose time comes until then may be claimed. */
      readonly earlyUntilMs: number;
    }
  | { readonly kind: 'renew'; readonly owner: string; readonly leaseUntilMs: number; readonly nowMs: number }
  | { readonly kind: 'request-cancel'; readonly runId: string }
  | { readonly kind: 'put-signal'; readonly signal: RunSignal }
  | RunAdmission
  | RunCleaning;

/** What is taken away. */
export type RunCleaning =
  | { readonly kind: 'delete-runs'; readonly expired: ExpiredRuns; readonly limit: number }
  | { readonly kind: 'purge-records'; readonly limit: number }
  | { readonly kind: 'drop-contents'; readonly hashes: readonly string[] };

/** A run that starts through a gate; its row as it is let in, or as it waits. */
export type RunAdmission = {
  readonly kind: 'admit';
  readonly runId: string;
  readonly gate: RunGate;
  readonly running: readonly SqliteValue[];
  readonly waiting: readonly SqliteValue[];
  /** The rows of the actions that it begins with, one after another. */
  readonly actions: readonly SqliteValue[];
};

/** Rows are in the order of `runColumns` and `actionColumns`, payloads whole. */
export type RunAppend = {
  readonly kind: 'append';
  readonly runId: string;
  readonly epoch: number;
  /** The whole row of a run that starts with this append. */
  readonly run?: readonly SqliteValue[];
  /** What changes in the row of one that has started before. */
  readonly change?: { readonly columns: readonly string[]; readonly values: readonly SqliteValue[] };
  /** The rows of the actions, one after another. */
  readonly actions: readonly SqliteValue[];
  /** Ids of signals that have done what they were for. */
  readonly consumed?: readonly string[];
  /** Signals to other runs. */
  readonly sent?: readonly RunSignal[];
  /** Whether the run falls asleep, unless a signal waits. */
  readonly sleeps: boolean;
  /** Whether nothing more will be appended. */
  readonly isLast: boolean;
};

/** What became of a write. Of one that is `fenced`, a `duplicate` or `failed`, nothing was written. */
export type RunWriteOutcome =
  | { readonly kind: 'written' }
  | { readonly kind: 'claimed'; readonly epoch: number }
  | { readonly kind: 'admitted'; readonly admission: Admission }
  | { readonly kind: 'cleaned'; readonly deletion: Deletion }
  /** It was written before. */
  | { readonly kind: 'repeated' }
  /** There was no such run, or not in a state that allows it. */
  | { readonly kind: 'unmatched' }
  | { readonly kind: 'fenced' }
  | { readonly kind: 'duplicate' }
  /** With an outage where the file takes no writes for now: then all of its group has failed. */
  | { readonly kind: 'failed'; readonly error: Error; readonly outage?: Outage };
