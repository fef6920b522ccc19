import type { Value } from '../../contract.ts';
import { isArray, isObject, memberOf } from '../../values.ts';
import { invalidArgument } from '../check-arguments.ts';

/** The body of one part. */
export function multipartPart(functionName: string, body: Value, index: Value | undefined): Value {
  const parts = isObject(body) ? memberOf(body, '$multipart') : undefined;
  const part = parts !== undefined && isArray(parts) ? parts[Number(index)] : undefined;
  if (part === undefined || !isObject(part))
    throw invalidArgument(functionName, `found no part ${String(index)} in the body.`);
  return memberOf(part, 'body') ?? null;
}
