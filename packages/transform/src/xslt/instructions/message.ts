import { TransformError } from '../../errors.ts';
import { bodyText } from '../scope.ts';
import { act, type InstructionKind } from './instruction-kind.ts';

/** Says something; only with `terminate="yes"` does anybody hear it: the transformation fails with it (XSLT 1.0 §13). */
export const message: InstructionKind = {
  name: 'message',
  compile(context) {
    const body = context.body();
    if (context.attribute('terminate') !== 'yes') return act(() => undefined);
    return act((scope) => {
      throw new TransformError('TransformationFailed', `The map ended with the message "${bodyText(body, scope)}".`);
    });
  },
};
