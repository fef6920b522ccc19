import type { JsonObject } from '../model.ts';
import { type CapturedContent, captureAnswer, captureBody, mediaType } from '../sample/capture-body.ts';
import { captureHeaders } from '../sample/capture-headers.ts';
import { captureQuery } from '../sample/capture-query.ts';
import { isMethod, pathParameters } from '../sample/capture-sample.ts';
import type { CapturedParameter, CapturedRequest, CapturedResponse } from '../sample/captured-request.ts';
import { distinctCredentials } from '../sample/collect-security.ts';
import { basicCredential } from '../sample/credential-headers.ts';
import { readAddress } from '../sample/read-address.ts';
import { noVariables } from '../sample/variables.ts';
import { isObject, member, type Reading } from '../source/reading.ts';

/** One recorded request with its answer. Of values nothing is kept: they are somebody's. */
export type HarEntry = {
  readonly request: JsonObject;
  readonly response: JsonObject;
  readonly pointer: string;
};

/** A header that was told of once is not told of again, however many entries have it. */
export type SeenHeaders = Map<string, string>;

export function captureEntry(reading: Reading, entry: HarEntry, seen: SeenHeaders): CapturedRequest | undefined {
  const { request, pointer } = entry;
  const url = textMember(request, 'url');
  const method = textMember(request, 'method') || 'GET';
  const address = readAddress(url, { find: noVariables, defaultScheme: 'https' });
  if (address === undefined || address.base.kind !== 'address' || !isMethod(method)) {
    reading.report('sample-url-not-valid', `${pointer}/request/url`, { found: url.slice(0, 200) });
    return undefined;
  }
  const lines = rowsOf(request, 'headers').map(({ name, value }) => {
    const first = seen.get(name.toLowerCase()) ?? `${pointer}/request/headers`;
    seen.set(name.toLowerCase(), first);
    return { name, value, pointer: first };
  });
  const headers = captureHeaders(reading, lines, true);
  const at = `${pointer}/request/url`;
  const query = captureQuery(
    reading,
    address.query.map((pair) => ({ ...pair, pointer: seen.get(`?${pair.name}`) ?? at })),
  );
  for (const { name } of address.query) if (!seen.has(`?${name}`)) seen.set(`?${name}`, at);
  const content = captureContent(reading, entry, headers.contentType, `${method} ${address.path}`);
  const response = captureResponse(entry.response);
  return {
    name: '',
    description: '',
    tags: [],
    method,
    base: address.base,
    path: address.path,
    parameters: [...pathParameters(address.places, at), ...query.parameters, ...headers.parameters, ...content.fields],
    ...(content.body !== undefined && { body: content.body }),
    accept: [],
    responses: response === undefined ? [] : [response],
    credentials: distinctCredentials([
      ...(address.hasUser ? [basicCredential] : []),
      ...headers.credentials,
      ...query.credentials,
    ]),
    pointer,
  };
}

function captureContent(
  reading: Reading,
  { request, pointer }: HarEntry,
  contentType: string,
  operation: string,
): CapturedContent {
  const postData = member(request, 'postData');
  if (!isObject(postData)) return { fields: [] };
  const type = textMember(postData, 'mimeType') || contentType;
  const at = `${pointer}/request/postData`;
  const params = rowsOf(postData, 'params');
  if (params.length === 0 || textMember(postData, 'text') !== '') {
    return captureBody(reading, { text: textMember(postData, 'text'), contentType: type, pointer: at }, operation);
  }
  const fields = params.map(({ name, value, isFile }): CapturedParameter => {
    const about = { name, in: 'formData', description: '', required: false, pointer: at } as const;
    return isFile ? { ...about, values: [], isFile } : { ...about, values: [value] };
  });
  return { body: { kind: 'form', contentType: mediaType(type), pointer: at }, fields };
}

/** Answers that say nothing of a body's shape are left out: none came, or it had not changed, or it stood elsewhere. */
function captureResponse(response: JsonObject): CapturedResponse | undefined {
  const status = Number(member(response, 'status'));
  if (!Number.isInteger(status) || status < 200 || status > 599 || (status >= 300 && status < 400)) return undefined;
  const content = member(response, 'content');
  const text = isObject(content) ? contentText(content) : undefined;
  const contentType = isObject(content) ? textMember(content, 'mimeType') : '';
  const body = captureAnswer(text, contentType);
  return {
    status: String(status),
    description: textMember(response, 'statusText'),
    headers: rowsOf(response, 'headers')
      .filter(({ name }) => !name.startsWith(':'))
      .map(({ name, value }) => ({ name, value, description: '' })),
    contentType,
    ...(body !== undefined && { body }),
  };
}

function contentText(content: JsonObject): string | undefined {
  const text = member(content, 'text');
  if (typeof text !== 'string') return undefined;
  if (textMember(content, 'encoding').toLowerCase() !== 'base64') return text;
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

type Row = { readonly name: string; readonly value: string; readonly isFile: boolean };

function rowsOf(owner: JsonObject, name: string): readonly Row[] {
  const rows = member(owner, name);
  if (!Array.isArray(rows)) return [];
  return rows.filter(isObject).map((row) => ({
    name: textMember(row, 'name'),
    value: textMember(row, 'value'),
    isFile: member(row, 'fileName') !== undefined,
  }));
}

export function textMember(owner: JsonObject, name: string): string {
  const value = member(owner, name);
  return typeof value === 'string' ? value : '';
}
