import type { Value } from '@patchbay/expression';
import type { TransformErrorCode } from '../errors.ts';

/** What the process answers to a transformation. */
export type ProcessAnswer =
  | { readonly kind: 'made'; readonly value: Value }
  | {
      readonly kind: 'failed';
      readonly code: TransformErrorCode;
      readonly message: string;
      readonly problems: readonly string[];
    };
