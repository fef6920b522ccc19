export type StoreErrorCode =
  | 'location-invalid'
  | 'store-in-use'
  | 'store-newer'
  | 'store-foreign'
  | 'store-unreachable';

/** A store that could not be opened. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
