/** The tables, as both databases have them. Milliseconds are integers; JSON is text; flags are 0 and 1. */
export type Database = {
  environment: {
    id: string;
    display_name: string;
    is_default: number;
    allowed_networks: string;
    limits: string | null;
    retention: string | null;
    created_at_ms: number;
  };
  account: {
    id: string;
    email: string;
    display_name: string;
    role: string;
    password_hash: string | null;
    created_at_ms: number;
  };
  session: { id: string; account_id: string; csrf_token: string; created_at_ms: number; expires_at_ms: number };
  sign_in_link: { id: string; account_id: string; expires_at_ms: number };
  connector: {
    name: string;
    environment_id: string;
    display_name: string;
    description: string;
    revision: number;
    definition: string;
    properties: string;
    secret: string | null;
    created_by: string;
    created_at_ms: number;
    changed_at_ms: number;
  };
  connection: {
    name: string;
    connector_name: string;
    environment_id: string;
    display_name: string;
    parameters: string;
    parameter_set: string | null;
    secret: string | null;
    status: string;
    status_error: string | null;
    account_name: string | null;
    revision: number;
    created_by: string;
    created_at_ms: number;
    changed_at_ms: number;
  };
  connection_token: {
    connection_name: string;
    sealed: string | null;
    version: number;
    state: string;
    retry_at_ms: number | null;
    problem: string | null;
  };
  lease: { name: string; owner: string; until_ms: number };
  pending_link: {
    id: string;
    kind: string;
    connector_name: string;
    connection_name: string;
    account_id: string;
    session_id: string | null;
    browser_hash: string | null;
    secret: string;
    expires_at_ms: number;
  };
  environment_variable: {
    environment_id: string;
    name: string;
    value: string | null;
    secret: string | null;
    changed_at_ms: number;
  };
  artifact: {
    environment_id: string;
    kind: string;
    /** The name in lower case. */
    key: string;
    /** The same without the extension of a file. */
    stem: string;
    name: string;
    content_type: string;
    content: string;
    metadata: string | null;
    changed_at_ms: number;
  };
  flow: {
    id: string;
    environment_id: string;
    display_name: string;
    state: string;
    revision: number;
    created_by: string;
    created_at_ms: number;
    changed_at_ms: number;
  };
  flow_revision: {
    flow_id: string;
    revision: number;
    definition: string;
    parameters: string;
    connection_references: string;
    created_at_ms: number;
  };
  identity: {
    model: string;
    id: string;
    payload: string;
    grant_id: string | null;
    user_code: string | null;
    uid: string | null;
    consumed_at_ms: number | null;
    expires_at_ms: number | null;
  };
  setting: { name: string; value: string };
  run: RunTable;
  action_record: ActionRecordTable;
  blob: { hash: string; content: string };
  /** Runs that are deleted, and of which records are left. */
  deleted_run: { run_id: string };
  run_signal: {
    run_id: string;
    signal_id: string;
    action: string;
    iteration: string;
    payload: string;
    is_consumed: number;
  };
  schedule: {
    flow_id: string;
    trigger_name: string;
    flow_revision: number;
    next_fire_ms: number;
    last_fire_ms: number | null;
    anchor_ms: number | null;
    digest: string | null;
    is_stopped: number;
  };
  batch_message: {
    flow_id: string;
    message_key: string;
    trigger_name: string;
    batch_name: string;
    partition_name: string;
    sequence: number;
    message_id: string;
    content: string;
    byte_count: number;
    added_at_ms: number;
    release_id: string | null;
    settled_at_ms: number | null;
  };
  watch: {
    watch_id: string;
    kind: string;
    flow_id: string;
    trigger_name: string;
    flow_revision: number;
    environment_id: string;
    status: string;
    call_hash: string;
    connection: string;
    target: string;
    address_id: string | null;
    state: string | null;
    pending: string | null;
    sequence: number;
    attempts: number;
    error: string | null;
    due_ms: number | null;
    hastened_ms: number | null;
    lease_until_ms: number;
    version: number;
    created_at_ms: number;
    active_since_ms: number | null;
    last_contact_ms: number | null;
    last_event_ms: number | null;
  };
  trigger_note: {
    note_id: string;
    flow_id: string;
    trigger_name: string;
    at_ms: number;
    event: string;
    status: string;
    code: string;
    message: string | null;
  };
};

export type RunTable = {
  run_id: string;
  flow_id: string;
  flow_revision: number;
  status: string;
  code: string | null;
  error: string | null;
  start_time: string;
  end_time: string | null;
  trigger: string;
  client_tracking_id: string;
  outputs: string | null;
  response: string | null;
  unique_key: string | null;
  owner: string;
  epoch: number;
  /** When the run may be taken over; a sleeping run's is 0. */
  lease_until_ms: number;
  wake_at_ms: number | null;
  cancel_requested: number;
  /** Key of the gate it came through. */
  gate: string | null;
  /** How many that lets be at a time. */
  gate_limit: number | null;
  waits_at_gate: number;
  parent: string | null;
  caller_until_ms: number | null;
  /** What lists say of the trigger, JSON without payloads; not of runs that were kept before there was one. */
  trigger_summary: string | null;
  origin: string | null;
};

export type ActionRecordTable = {
  run_id: string;
  action: string;
  iteration: string;
  sequence: number;
  status: string;
  code: string | null;
  error: string | null;
  inputs: string | null;
  outputs: string | null;
  start_time: string;
  end_time: string | null;
  tracking_id: string;
  tracked_properties: string | null;
  retry_history: string | null;
  repetition_count: number | null;
  intent: string | null;
  wake_at_ms: number | null;
  wait_state: string | null;
};
