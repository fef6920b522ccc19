import type { Value } from '../../contract.ts';
import { invalidArgument } from '../check-arguments.ts';
import { formValues } from './form-data.ts';

/** The only value of a key; null when there is none. */
export function singleFormValue(functionName: string, body: Value, key: Value | undefined): Value {
  const values = formValues(body, key);
  if (values.length > 1)
    throw invalidArgument(functionName, `found more than one value of '${String(key)}' in the form.`);
  return values[0] ?? null;
}
