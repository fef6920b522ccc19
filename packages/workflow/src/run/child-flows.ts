import type { Value } from '@patchbay/expression';
import type { RunParent } from '../contract.ts';

/** A flow that an action calls. */
export type ChildRequest = {
  /** The run's id, chosen by who starts it: starting it again starts nothing. */
  readonly runId: string;
  readonly reference: string;
  readonly trigger: string | undefined;
  readonly headers: { readonly [name: string]: Value };
  readonly body: Value;
  readonly parent: RunParent;
  readonly clientTrackingId: string;
};

export type ChildStart =
  /** It runs, or has run. `isKept`: its records outlive this process. */
  | { readonly kind: 'started'; readonly isKept: boolean }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

/** How the runs of flows that are called are started and stopped. */
export interface ChildFlows {
  /** A new id for a run. */
  nextRunId(): string;
  start(
    request: ChildRequest,
    caller: { readonly environmentId: string; readonly flowId: string },
  ): Promise<ChildStart>;
  /** Resolves when the wish is durable. */
  stop(runId: string): Promise<void>;
  /** Whether this process has the run in memory. */
  isHere(runId: string): boolean;
}
