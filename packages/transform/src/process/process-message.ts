import type { Value } from '@patchbay/expression';
import type { TransformErrorCode } from '../errors.ts';

/** What the process says: once that it can begin, then its answer to each transformation. */
export type ProcessAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'made'; readonly value: Value }
  | {
      readonly kind: 'failed';
      readonly code: TransformErrorCode;
      readonly message: string;
      readonly problems: readonly string[];
    };
