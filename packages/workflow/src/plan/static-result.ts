import type { JsonValue } from '@patchbay/expression';
import type { Status } from '../contract.ts';
import { reasonName } from '../run/status-code.ts';
import { isObject, type JsonObject, member, textMember } from './json.ts';
import type { StaticResult } from './plan.ts';

const statuses: { readonly [lowerCase: string]: Status } = {
  succeeded: 'Succeeded',
  failed: 'Failed',
  skipped: 'Skipped',
  timedout: 'TimedOut',
  cancelled: 'Cancelled',
};

/**
 * Reads a `staticResults` entry, `{status?, code?, outputs?, error?}`. `outputs.statusCode` may be a reason name (`NotFound`); without
 * a status it decides: 400 and above is a failure.
 */
export function readStaticResult(source: JsonValue): StaticResult {
  const given = member(source, 'outputs');
  const outputs = isObject(given) ? withNumericStatus(given) : given;
  const statusCode = isObject(outputs) ? outputs['statusCode'] : undefined;
  const isFailure = typeof statusCode === 'number' && statusCode >= 400;
  const text = textMember(source, 'status')?.toLowerCase();
  const status =
    (text !== undefined && Object.hasOwn(statuses, text) ? statuses[text] : undefined) ??
    (isFailure ? 'Failed' : 'Succeeded');
  const code = textMember(source, 'code') ?? defaultCode(status, statusCode);
  const error = member(source, 'error');
  const failure =
    status === 'Succeeded'
      ? undefined
      : {
          code: textMember(error, 'code') ?? code,
          message: textMember(error, 'message') ?? `The action's static result has the status '${status}'.`,
        };
  return {
    status,
    code,
    ...(outputs === undefined ? {} : { outputs }),
    ...(failure === undefined ? {} : { error: failure }),
  };
}

function defaultCode(status: Status, statusCode: JsonValue | undefined): string {
  if (typeof statusCode === 'number') return reasonName(statusCode);
  if (status === 'Succeeded') return 'OK';
  return status === 'TimedOut' ? 'ActionTimedOut' : status === 'Skipped' ? 'ActionSkipped' : 'ActionFailed';
}

function withNumericStatus(outputs: JsonObject): JsonObject {
  const given = outputs['statusCode'];
  if (typeof given !== 'string') return outputs;
  const numeric = /^\d{3}$/.test(given) ? Number(given) : statusOfReason(given);
  return numeric === undefined ? outputs : { ...outputs, statusCode: numeric };
}

function statusOfReason(name: string): number | undefined {
  for (let statusCode = 100; statusCode < 600; statusCode++) {
    if (reasonName(statusCode).toLowerCase() === name.toLowerCase()) return statusCode;
  }
  return undefined;
}
