import { parseJson } from '@patchbay/expression';
import type { JsonText } from '../contract.ts';
import type { ResponseMessage } from '../engine/engine-contract.ts';
import { isRecord } from './value-types.ts';

/** What a run answers its caller, as its Response action recorded it. */
export function readResponse(text: JsonText): Extract<ResponseMessage, { kind: 'response' }> {
  const value = parseJson(text);
  const { statusCode, headers, body } = isRecord(value) ? value : {};
  return {
    kind: 'response',
    statusCode: typeof statusCode === 'number' ? statusCode : 200,
    headers: isRecord(headers)
      ? Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, String(text)]))
      : {},
    body: body ?? null,
  };
}
