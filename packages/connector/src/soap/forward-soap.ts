import type { JsonValue } from '@patchbay/definition';
import type { EgressResponse } from '@patchbay/egress';
import { callOperation } from '../call-operation.ts';
import type { Callable } from '../callable.ts';
import type { CallOptions } from '../contract.ts';
import { ConnectorError } from '../errors.ts';
import { readWhole, wholeAnswer } from '../whole-body.ts';

/** Header fields that are about the caller's own body and what it wants back, which are not those of the envelope. */
const ofTheBody = /^(content-.*|accept|accept-.*|soapaction)$/;

/** What an answer says of the envelope's bytes, which are not those that the caller gets. */
const ofTheEnvelope = /^(content-.*|transfer-encoding)$/;

/** A raw request of a SOAP operation: its JSON, or in pass-through its XML, goes out as an envelope, and the answer comes back likewise. */
export async function forwardSoap(
  operation: Callable,
  body: Parameters<typeof readWhole>[0] | undefined,
  headers: { readonly [name: string]: string },
  options: CallOptions,
): Promise<EgressResponse> {
  const bytes = body === undefined ? new Uint8Array() : await readWhole(body, 'parameter-invalid');
  const isRest = operation.model.soap?.mode === 'rest';
  const text = new TextDecoder().decode(bytes);
  const value = text.trim() === '' ? undefined : isRest ? parseJson(text) : text;
  const further = Object.entries({ ...headers, ...options.headers }).filter(([name]) => !ofTheBody.test(name));
  const name = operation.model.body?.name ?? 'body';
  const result = await callOperation(operation, value === undefined ? {} : { [name]: value }, {
    ...options,
    headers: Object.fromEntries(further),
    disableAsyncPattern: true,
  });
  const kept = Object.entries(result.headers).filter(([field]) => !ofTheEnvelope.test(field));
  const isText = typeof result.body === 'string' && !isRest;
  const contentType = isText ? 'text/xml; charset=utf-8' : 'application/json; charset=utf-8';
  const content = result.body === null ? '' : isText ? String(result.body) : JSON.stringify(result.body);
  const about = {
    status: result.statusCode,
    headers: { ...Object.fromEntries(kept), ...(content !== '' && { 'content-type': contentType }) },
    setCookies: [],
    url: '',
  };
  return wholeAnswer(about, new TextEncoder().encode(content));
}

function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new ConnectorError('parameter-invalid', 'The body is not JSON, and the message is made of JSON.', {
      cause: error,
    });
  }
}
