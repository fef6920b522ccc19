/** Why a transformation failed; each becomes the code of an action. */
export type TransformErrorCode =
  /** The content is not what the transformation takes: not XML, not JSON, not as the schema of a flat file has it. */
  | 'ContentInvalid'
  /** The map or schema itself cannot be used; the message says where it is wrong. */
  | 'ArtifactInvalid'
  /** The map ran into something that it cannot go on with, or ended with a message of its own. */
  | 'TransformationFailed'
  /** The content does not fit its schema. */
  | 'ValidationFailed'
  /** It took longer, or more memory, than a transformation may. */
  | 'TransformationLimitExceeded';

export class TransformError extends Error {
  override readonly name = 'TransformError';
  readonly code: TransformErrorCode;
  /** One entry for each way in which content does not fit. */
  readonly problems: readonly string[];

  constructor(
    code: TransformErrorCode,
    message: string,
    options: ErrorOptions & { readonly problems?: readonly string[] } = {},
  ) {
    super(message, options);
    this.code = code;
    this.problems = options.problems ?? [];
  }
}
