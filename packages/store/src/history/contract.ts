import type { RunPosition, Timestamp } from '@patchbay/workflow';

/** Runs of a flow whose time is over. */
export type ExpiredRuns = {
  readonly flowId: string;
  /** They ended before. */
  readonly endedBefore: Timestamp;
  /** They stand here or behind in the flow's history. */
  readonly from?: RunPosition;
};

export type Deletion = {
  /** How many runs, or records. */
  readonly count: number;
  /** Hashes of contents that they referred to. */
  readonly contents: readonly string[];
};

/**
 * Takes away what is not to be kept any more, a little at a time, beside those who write. Never a run that has not ended, nor one whose
 * caller (a run that called its flow) has not. Several processes may do so at once.
 */
export interface RunRetention {
  /** The newest of a flow's runs that have ended behind so many; `undefined`: there are no more. */
  findBehind(flowId: string, count: number): Promise<RunPosition | undefined>;
  /** Deletes runs, at most `limit`; what they consist of is left to `purgeRecords`. */
  deleteRuns(expired: ExpiredRuns, limit: number): Promise<Deletion>;
  /** Removes records of runs that are deleted, at most `limit`; a count of 0: there are none. */
  purgeRecords(limit: number): Promise<Deletion>;
  /** Removes those of these contents to which nothing refers; how many. */
  dropContents(hashes: readonly string[]): Promise<number>;
  /** Hashes of contents behind one, in their order. */
  listContents(after: string, limit: number): Promise<readonly string[]>;
}
