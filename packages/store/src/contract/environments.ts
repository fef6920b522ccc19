/** Of each connection: requests in a minute and at a time (0: as many as come), and how long one may be held back. */
export type EnvironmentLimits = {
  readonly requestsPerMinute: number;
  readonly concurrentRequests: number;
  readonly maxWaitMs: number;
  readonly timeoutMs?: number;
  readonly retryBudgetPercent?: number;
};

/** How long ended runs are kept; 0: as long as there is room, and as many as come. */
export type EnvironmentRetention = { readonly days: number; readonly runsPerFlow: number };

export type EnvironmentRow = {
  readonly id: string;
  readonly displayName: string;
  readonly isDefault: boolean;
  /** Network rules: CIDR blocks and range names that may be reached besides public addresses. */
  readonly allowedNetworks: readonly string[];
  /** How much may go out on each connection; absent: the platform's own limits. */
  readonly limits?: EnvironmentLimits;
  /** Absent: as long as the server says. */
  readonly retention?: EnvironmentRetention;
  readonly createdAtMs: number;
};

export interface EnvironmentRepository {
  list(): Promise<readonly EnvironmentRow[]>;
  find(id: string): Promise<EnvironmentRow | undefined>;
  insert(row: EnvironmentRow): Promise<void>;
  update(
    id: string,
    change: Partial<Pick<EnvironmentRow, 'displayName' | 'allowedNetworks' | 'limits' | 'retention'>>,
  ): Promise<boolean>;
}
