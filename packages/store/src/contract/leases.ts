/** Who does something that several processes should not do at once. */
export interface LeaseRepository {
  /** Takes or extends it; `false`: it is somebody else's until its time is up. */
  take(name: string, owner: string, nowMs: number, untilMs: number): Promise<boolean>;
  release(name: string, owner: string): Promise<void>;
}
