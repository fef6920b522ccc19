/** What is wrong with a definition; every code is one rule. */
export type FindingCode =
  | 'action-type-unknown'
  /** A type that the platform has and this product leaves out on purpose. */
  | 'action-type-refused'
  | 'trigger-type-unknown'
  | 'definition-invalid'
  | 'action-invalid'
  | 'trigger-invalid'
  | 'name-duplicate'
  | 'run-after-unknown'
  | 'run-after-status-unknown'
  | 'run-after-cycle'
  | 'expression-invalid'
  | 'reference-unknown'
  | 'reference-not-before'
  | 'variable-unknown'
  | 'variable-duplicate'
  | 'variable-self-reference'
  | 'parameter-unknown'
  | 'parameter-missing'
  | 'parameter-value-invalid'
  | 'static-result-unknown'
  | 'connection-reference-unknown'
  | 'retry-policy-invalid'
  | 'recurrence-invalid'
  | 'option-unsupported'
  | 'split-with-response'
  | 'called-flow-without-response'
  | 'loop-not-around'
  | 'item-without-array'
  | 'result-of-no-container'
  | 'function-out-of-place'
  | 'variable-not-before'
  | 'variable-nested'
  | 'value-type'
  | 'variable-type'
  | 'variable-operation'
  | 'name-not-valid'
  | 'action-unreachable'
  | 'terminate-in-loop'
  | 'response-in-loop'
  | 'response-in-parallel'
  | 'response-without-caller'
  | 'expression-argument'
  | 'operation-unknown'
  | 'operation-parameter-missing'
  | 'operation-parameter-unknown'
  | 'actions-many'
  | 'nesting-deep'
  | 'triggers-many'
  | 'parameters-many'
  | 'outputs-many'
  | 'variables-many'
  | 'cases-many'
  | 'description-long'
  | 'tracked-properties-long';

export type Severity = 'error' | 'warning';

/** Something to tell the author of a definition. */
export type Finding = {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly message: string;
  /** JSON pointer (RFC 6901) into the definition. */
  readonly pointer: string;
  /** For unknown types: the type that was found. */
  readonly subject?: string;
};

/** One step of a JSON pointer appended (RFC 6901 §3). */
export function pointerTo(base: string, ...steps: readonly (string | number)[]): string {
  return steps.reduce<string>(
    (pointer, step) => `${pointer}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`,
    base,
  );
}
