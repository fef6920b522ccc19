import type { Value } from '@patchbay/expression';
import type { Invocation } from '../contract.ts';
import { valueMember } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import { readRecord, readText } from './call.ts';

/** An HTTP request from its evaluated members. Throws `ActionFailure` when it goes nowhere; `inputs` is what history then shows. */
export function httpRequest(evaluated: Value, action: string, inputs: Value): Extract<Invocation, { kind: 'http' }> {
  const uri = readText(valueMember(evaluated, 'uri') ?? valueMember(evaluated, 'url'));
  if (uri === undefined || uri.trim() === '') {
    throw new ActionFailure('InvalidTemplate', `The 'uri' of action '${action}' is empty.`, inputs);
  }
  const body = valueMember(evaluated, 'body');
  const cookie = readText(valueMember(evaluated, 'cookie'));
  const authentication = valueMember(evaluated, 'authentication');
  return {
    kind: 'http',
    method: (readText(valueMember(evaluated, 'method')) ?? 'GET').toUpperCase(),
    uri,
    queries: readRecord(valueMember(evaluated, 'queries')),
    headers: readRecord(valueMember(evaluated, 'headers')),
    ...(body === undefined ? {} : { body }),
    ...(cookie === undefined || cookie === '' ? {} : { cookie }),
    ...(authentication === undefined || authentication === null ? {} : { authentication }),
  };
}
