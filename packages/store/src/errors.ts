export type StoreErrorCode =
  | 'location-invalid'
  | 'store-in-use'
  | 'store-newer'
  | 'store-foreign'
  | 'store-unreachable'
  | 'store-full'
  | 'store-unwritable';

/** A store that could not be opened, or that takes no writes for now. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
