import type { Value } from '@patchbay/expression';

/** The failure of an action for a reason of its own; it becomes the action's code and error. */
export class ActionFailure extends Error {
  override readonly name = 'ActionFailure';
  readonly code: string;
  readonly inputs: Value | undefined;
  readonly outputs: Value | undefined;

  constructor(code: string, message: string, inputs?: Value, outputs?: Value) {
    super(message);
    this.code = code;
    this.inputs = inputs;
    this.outputs = outputs;
  }
}
