/** Why a dispatcher cannot work at all; closed, so that callers can switch on it. */
export type DispatchErrorCode = 'redis-address-invalid' | 'redis-evicts';

/** The message says what to change. */
export class DispatchError extends Error {
  override readonly name = 'DispatchError';
  readonly code: DispatchErrorCode;

  constructor(code: DispatchErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
