export type FlowRow = {
  readonly id: string;
  readonly environmentId: string;
  readonly displayName: string;
  readonly state: 'Started' | 'Stopped';
  readonly revision: number;
  readonly createdBy: string;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
};

/** An immutable revision of a flow. */
export type FlowRevisionRow = {
  readonly flowId: string;
  readonly revision: number;
  /** JSON texts. */
  readonly definition: string;
  readonly parameters: string;
  readonly connectionReferences: string;
  readonly createdAtMs: number;
};

export interface FlowRepository {
  list(environmentId: string): Promise<readonly FlowRow[]>;
  /** Every flow of every environment that is started: for the triggers, at start-up. */
  listStarted(): Promise<readonly FlowRow[]>;
  find(id: string): Promise<FlowRow | undefined>;
  insert(row: FlowRow, revision: FlowRevisionRow): Promise<void>;
  /** A new revision, when the newest is still `row.revision - 1`. */
  revise(row: FlowRow, revision: FlowRevisionRow): Promise<boolean>;
  setState(id: string, state: FlowRow['state'], changedAtMs: number): Promise<boolean>;
  rename(id: string, displayName: string, changedAtMs: number): Promise<boolean>;
  findRevision(flowId: string, revision: number): Promise<FlowRevisionRow | undefined>;
  delete(id: string): Promise<boolean>;
}
