import type { JsonText } from './run-record.ts';

/** Where messages are gathered: one partition of one batch of a flow's Batch trigger. */
export type BatchPartition = {
  readonly flowId: string;
  readonly trigger: string;
  readonly batchName: string;
  readonly partition: string;
};

export type BatchMessage = BatchPartition & {
  /** Its sender's own: sending the same again changes nothing. */
  readonly key: string;
  readonly messageId: string;
  readonly content: JsonText;
  readonly addedAtMs: number;
};

/** Messages of a partition that have been set aside for one run. */
export type BatchRelease = BatchPartition & { readonly releaseId: string };

/** How much of a partition goes into one run: the oldest messages up to the first that reaches one of these. */
export type ReleaseRule = {
  readonly messageCount: number;
  readonly byteCount: number;
  /** Also when there is less, but not of nothing. */
  readonly takesLess: boolean;
};

/**
 * Keeps what is gathered for Batch triggers. A release is an outbox: messages are set aside in one transaction, their run starts under the
 * release's id as its key, and only then they are let go of. A crash in between repeats the start, which the key makes harmless.
 */
export interface BatchStore {
  /** Keeps a message once by its key; answers the id of the one that is kept. */
  add(message: BatchMessage): Promise<string>;
  /** Partitions of a flow that hold messages which are not set aside. */
  partitions(flowId: string): Promise<readonly BatchPartition[]>;
  /** Sets messages aside under this id; `false`: there are not enough. Of several at once each message goes to one. */
  release(release: BatchRelease, rule: ReleaseRule): Promise<boolean>;
  /** Releases that have not been settled, oldest first; of one flow or of all. */
  unsettled(flowId?: string): Promise<readonly BatchRelease[]>;
  /** What was set aside, in the order in which it came. */
  messages(releaseId: string): Promise<readonly BatchMessage[]>;
  /** Lets go of what was set aside; the keys are remembered for a week. */
  settle(releaseId: string, nowMs: number): Promise<void>;
  /** Forgets everything of a flow that is gone. */
  remove(flowId: string): Promise<void>;
}

/** How long keys of messages are remembered after their release. */
export const keptKeysMs = 7 * 86_400_000;

/** How many of the oldest messages go into one run; 0: not enough. */
export function countToRelease(sizes: readonly number[], rule: ReleaseRule): number {
  let byteCount = 0;
  for (const [index, size] of sizes.entries()) {
    byteCount += size;
    if (index + 1 >= rule.messageCount || byteCount >= rule.byteCount) return index + 1;
  }
  return rule.takesLess ? sizes.length : 0;
}
