/** When a trigger fires next by the clock, kept so that a restart neither forgets nor repeats. */
export type ScheduleRecord = {
  readonly flowId: string;
  readonly trigger: string;
  readonly flowRevision: number;
  readonly nextFireMs: number;
  readonly lastFireMs?: number;
  /** When its flow was saved or started: where a recurrence without a start time begins. */
  readonly anchorMs: number;
  /** Digest of what it fires by: where that stands, a sliding window goes on where it was. */
  readonly digest: string;
  /** Its flow is stopped; it goes on when that starts. */
  readonly isStopped?: true;
};

export interface ScheduleStore {
  /** Of a flow. */
  list(flowId: string): Promise<readonly ScheduleRecord[]>;
  put(record: ScheduleRecord): Promise<void>;
  /** Those whose time has come, soonest first; none that is stopped. */
  due(nowMs: number, limit: number): Promise<readonly ScheduleRecord[]>;
  /** The next time that one becomes due, if any. */
  nextDueMs(): Promise<number | undefined>;
  /** Moves `nextFireMs` on if it is still `expectedFireMs`: of several processes one wins. */
  advance(flowId: string, trigger: string, expectedFireMs: number, nextFireMs: number): Promise<boolean>;
  /** Of one trigger, or of all of a flow. */
  remove(flowId: string, trigger?: string): Promise<void>;
}
