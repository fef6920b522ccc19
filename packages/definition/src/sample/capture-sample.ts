import type { Reading } from '../source/reading.ts';
import { captureAnswer, captureBody } from './capture-body.ts';
import { captureHeaders } from './capture-headers.ts';
import { captureQuery } from './capture-query.ts';
import type { CapturedBase, CapturedParameter, CapturedRequest, CapturedResponse } from './captured-request.ts';
import { distinctCredentials } from './collect-security.ts';
import { basicCredential } from './credential-headers.ts';
import { readAddress } from './read-address.ts';
import type { RequestSample, SampleResponse } from './request-sample.ts';
import { noVariables } from './variables.ts';

/** Reads a sample; undefined, with an error finding, when its address or method cannot be one. */
export function captureSample(reading: Reading, sample: RequestSample): CapturedRequest | undefined {
  const address = readAddress(sample.url, { find: noVariables, defaultScheme: 'https' });
  if (address === undefined || !isAbsolute(address.base)) {
    reading.report('sample-url-not-valid', '/url', { found: sample.url.slice(0, 200) });
    return undefined;
  }
  const method = (sample.method ?? 'GET').trim();
  if (!isMethod(method)) {
    reading.report('sample-method-not-valid', '/method', { found: method.slice(0, 100) });
    return undefined;
  }
  const headers = captureHeaders(reading, linesOf(sample.headers, '/headers'));
  const query = captureQuery(
    reading,
    address.query.map((pair) => ({ ...pair, pointer: '/url' })),
  );
  const content = { text: sample.body ?? '', contentType: headers.contentType, pointer: '/body' };
  const { body, fields } = captureBody(reading, content, `${method.toUpperCase()} ${address.path}`);
  return {
    name: sample.name ?? '',
    description: sample.description ?? '',
    tags: [],
    method,
    base: address.base,
    path: address.path,
    parameters: [...pathParameters(address.places, '/url'), ...query.parameters, ...headers.parameters, ...fields],
    ...(body !== undefined && { body }),
    accept: headers.accept,
    responses: sample.response === undefined ? [] : [captureResponse(sample.response)],
    credentials: distinctCredentials([
      ...(address.hasUser ? [basicCredential] : []),
      ...headers.credentials,
      ...query.credentials,
    ]),
    pointer: '',
  };
}

/** A parameter for each place in a path. */
export function pathParameters(
  places: readonly { readonly name: string; readonly default?: string }[],
  pointer: string,
): readonly CapturedParameter[] {
  return places.map((place) => ({ ...place, in: 'path', description: '', required: true, values: [], pointer }));
}

/** A token (RFC 9110 §9.1). */
export function isMethod(method: string): boolean {
  return method.length <= 50 && /^[!#$%&'*+.^`|~\w-]+$/.test(method);
}

function isAbsolute(base: CapturedBase): boolean {
  return base.kind !== 'none';
}

function captureResponse({ status, headers, body }: SampleResponse): CapturedResponse {
  const lines = Object.entries(headers ?? {});
  const contentType = lines.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const answer = captureAnswer(body, contentType);
  return {
    status: status === undefined ? 'default' : String(status),
    description: '',
    headers: lines.map(([name, value]) => ({ name, value, description: '' })),
    contentType,
    ...(answer !== undefined && { body: answer }),
  };
}

function linesOf(headers: RequestSample['headers'], pointer: string) {
  return Object.entries(headers ?? {}).map(([name, value]) => ({ name, value, pointer }));
}
