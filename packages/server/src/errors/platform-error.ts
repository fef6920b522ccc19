import type { ErrorCode } from './codes.ts';

/** A failure that a caller is told about: a code of the table and a message that says what happened and what to do. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
  readonly code: ErrorCode;
  /** More about it, as members of a problem document, e.g. `findings`. */
  readonly members: { readonly [name: string]: unknown };

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly members?: PlatformError['members']; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.members = options.members ?? {};
  }
}
