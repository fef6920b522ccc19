import type { Value } from '../../contract.ts';
import { ExpressionError } from '../../errors.ts';
import { isArray, isObject, typeName } from '../../values.ts';

/** Whether the arguments are all arrays or all objects; throws when they are neither or mixed. */
export function checkAlike(functionName: string, values: readonly Value[]): 'arrays' | 'objects' {
  if (values.every(isArray)) return 'arrays';
  if (values.every(isObject)) return 'objects';
  const types = values.map((value) => `'${typeName(value)}'`).join(', ');
  throw new ExpressionError(
    `The template language function '${functionName}' expects its parameters to be either all arrays or all objects. The provided values are of type ${types}.`,
    { reason: 'argument-type' },
  );
}
