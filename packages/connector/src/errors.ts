/** What can go wrong with a call, besides an answer that says so itself. */
export type ConnectorErrorCode =
  | 'operation-not-found'
  | 'parameter-missing'
  | 'parameter-invalid'
  | 'parameter-unknown'
  | 'path-escapes'
  | 'host-missing'
  | 'security-unsupported'
  | 'credential-missing'
  | 'response-not-json'
  | 'response-not-soap'
  | 'policy-failed'
  | 'location-refused'
  | 'signature-rule-invalid'
  | 'dynamic-refused'
  | 'page-refused'
  | 'replay-invalid'
  | 'transfer-failed'
  | 'answer-pending'
  | 'transport-failed';

/** A call that could not be made, or whose answer could not be read. Messages name the operation's part and never hold a secret. */
export class ConnectorError extends Error {
  readonly code: ConnectorErrorCode;
  /** The operation, when one is concerned. */
  readonly operationId: string | undefined;
  /** For `transport-failed`: the egress code. For `response-not-json` and `response-not-soap`: the status. */
  readonly evidence: string | undefined;
  /** The policy that failed, as traces call it. */
  readonly policy: string | undefined;

  constructor(
    code: ConnectorErrorCode,
    message: string,
    options: ErrorOptions & {
      readonly operationId?: string;
      readonly evidence?: string;
      readonly policy?: string;
    } = {},
  ) {
    super(message, options);
    this.name = 'ConnectorError';
    this.code = code;
    this.operationId = options.operationId;
    this.evidence = options.evidence;
    this.policy = options.policy;
  }
}

/** Tells of a failure when it is a path that would have been left; answers the failure. */
export function tellPathRefused(
  error: unknown,
  onPathRefused: ((refusal: { readonly message: string }) => void) | undefined,
): unknown {
  if (error instanceof ConnectorError && error.code === 'path-escapes') onPathRefused?.({ message: error.message });
  return error;
}
