import type { JsonValue } from '@patchbay/definition';
import type { TraceStep } from '../contract.ts';

/**
 * Sees a step of a call, before and after; the values are built only when somebody looks. A step that could not be made has no after.
 * Answers what is to stand in the place of what the step made, or nothing, which leaves it as it is.
 */
export type Observe = (
  step: TraceStep['step'],
  before: () => JsonValue,
  after: (() => JsonValue) | undefined,
  name?: string,
) => JsonValue | undefined;

export const observeNothing: Observe = () => undefined;
