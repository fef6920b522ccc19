import type { EgressErrorCode } from './contract.ts';

/** A request that got no answer, and why. The message names host and address and says what to do; it never holds a credential. */
export class EgressError extends Error {
  readonly code: EgressErrorCode;
  readonly host: string | undefined;

  constructor(code: EgressErrorCode, message: string, options: ErrorOptions & { readonly host?: string } = {}) {
    super(message, options);
    this.name = 'EgressError';
    this.code = code;
    this.host = options.host;
  }
}
