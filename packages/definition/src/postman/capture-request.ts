import { captureAnswer, captureBody, isJsonType } from '../sample/capture-body.ts';
import { captureHeaders } from '../sample/capture-headers.ts';
import { captureQuery } from '../sample/capture-query.ts';
import { isMethod } from '../sample/capture-sample.ts';
import type { CapturedParameter, CapturedRequest, CapturedResponse } from '../sample/captured-request.ts';
import { distinctCredentials } from '../sample/collect-security.ts';
import { basicCredential } from '../sample/credential-headers.ts';
import { type Address, readAddress } from '../sample/read-address.ts';
import { replaceVariables } from '../sample/variables.ts';
import type { Reading } from '../source/reading.ts';
import { captureGraphql } from './capture-graphql.ts';
import { fillBodyVariables } from './fill-body-variables.ts';
import type { PostmanBody, PostmanExample, PostmanField, PostmanRequest } from './postman-request.ts';
import { credentialsOf } from './read-auth.ts';

/** Reads a request of a collection; undefined, with an error finding, when it has no address or method to speak of. */
export function captureRequest(reading: Reading, request: PostmanRequest): CapturedRequest | undefined {
  const { url, find, pointer } = request;
  const title = request.name === '' ? request.method : request.name;
  // To Postman, whatever follows a colon at the start of a segment is a name.
  const address =
    url.text.trim() === '' ? undefined : readAddress(url.text, { find, defaultScheme: 'http', isPlace: () => true });
  if (address === undefined) {
    reading.report('sample-url-not-valid', url.pointer, { found: url.text.slice(0, 200) });
    return undefined;
  }
  if (!isMethod(request.method)) {
    reading.report('sample-method-not-valid', pointer, { found: request.method.slice(0, 100) });
    return undefined;
  }
  const headers = captureHeaders(
    reading,
    request.headers.filter(isHeaderKept).map((field) => rowOf(field, find)),
  );
  const query = captureQuery(reading, queryRows(request, address));
  const content = captureContent(reading, request, headers.contentType, title);
  const own = request.auth === undefined ? [] : credentialsOf(request.auth, find);
  const user = address.hasUser ? [basicCredential] : [];
  return {
    name: request.name,
    description: request.description,
    tags: [...new Set(request.folders.filter((name) => name.trim() !== ''))],
    method: request.method,
    base: address.base,
    path: address.path,
    parameters: [
      ...pathParameters(reading, request, address),
      ...query.parameters,
      ...headers.parameters,
      ...content.fields,
    ],
    ...(content.body !== undefined && { body: content.body }),
    accept: headers.accept,
    responses: request.examples.map(captureExample),
    credentials: distinctCredentials([...own, ...user, ...headers.credentials, ...query.credentials]),
    pointer,
  };
}

/** A header that is switched off may be one that can be sent; what authenticates or types a request is not optional. */
function isHeaderKept(field: PostmanField): boolean {
  return !field.disabled || !/^\s*(accept|content-type|authorization|cookie)\s*$/i.test(field.key);
}

/** Marks of required parameters that Postman's own importer writes before their descriptions. */
const requiredMark = /^\(Required\)\s*/i;

function rowOf(field: PostmanField, find: PostmanRequest['find']) {
  return {
    name: replaceVariables(field.key, find),
    value: replaceVariables(field.value, find),
    description: field.description.replace(requiredMark, ''),
    required: requiredMark.test(field.description) && !field.disabled,
    pointer: field.pointer,
  };
}

/** Switched-off rows are optional parameters; one that is also switched on is that one. */
function queryRows({ url, find }: PostmanRequest, address: Address) {
  if (url.query === undefined) {
    return address.query.map(({ name, value }) => ({
      name: replaceVariables(name, find),
      value: replaceVariables(value, find),
      pointer: url.pointer,
    }));
  }
  return withoutDisabledTwins(url.query).map((field) => {
    const row = rowOf(field, find);
    return { ...row, name: decodePercent(row.name), value: decodePercent(row.value) };
  });
}

function withoutDisabledTwins(fields: readonly PostmanField[]): readonly PostmanField[] {
  const enabled = new Set(fields.filter((field) => !field.disabled).map((field) => field.key));
  return fields.filter((field) => !field.disabled || !enabled.has(field.key));
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function pathParameters(
  reading: Reading,
  { url, find, pointer }: PostmanRequest,
  address: Address,
): readonly CapturedParameter[] {
  const stated = new Map(url.variables.map((field) => [field.key, rowOf(field, find)]));
  return address.places.map((place) => {
    const row = stated.get(place.name);
    if (row === undefined) reading.lose('variable-as-parameter', pointer, { name: place.name });
    return {
      ...place,
      in: 'path',
      description: row?.description ?? '',
      required: true,
      values: row === undefined || row.value === '' ? [] : [row.value],
      pointer: row?.pointer ?? url.pointer,
    };
  });
}

const languages: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html',
  javascript: 'application/javascript',
  text: '',
};

type Content = ReturnType<typeof captureBody>;

function captureContent(reading: Reading, request: PostmanRequest, contentType: string, operation: string): Content {
  const { body, find } = request;
  if (body === undefined) return { fields: [] };
  const { pointer } = body;
  switch (body.kind) {
    case 'raw':
      return captureRaw(reading, body, contentType, request, operation);
    case 'urlencoded':
      return captureForm(body.fields, 'application/x-www-form-urlencoded', find, pointer);
    case 'formdata':
      return captureForm(body.fields, 'multipart/form-data', find, pointer);
    case 'graphql':
      return captureGraphql(body, find);
    case 'file':
      return {
        body: { kind: 'binary', contentType: contentType === '' ? 'application/octet-stream' : contentType, pointer },
        fields: [],
      };
  }
}

function captureRaw(
  reading: Reading,
  body: PostmanBody & { readonly kind: 'raw' },
  contentType: string,
  { find }: PostmanRequest,
  operation: string,
): Content {
  const byLanguage = Object.hasOwn(languages, body.language) ? (languages[body.language] ?? '') : '';
  const type = contentType === '' ? byLanguage : contentType;
  const isJson = type === '' || isJsonType(type);
  const text = isJson ? fillBodyVariables(body.text, find) : replaceVariables(body.text, find);
  if (text.trim() === '' && contentType !== '') {
    // A body is sent, and nothing shows of what shape.
    return { body: { kind: isJson ? 'document' : 'text', contentType, pointer: body.pointer }, fields: [] };
  }
  return captureBody(reading, { text, contentType: type, pointer: body.pointer }, operation);
}

function captureForm(
  rows: readonly PostmanField[],
  contentType: string,
  find: PostmanRequest['find'],
  pointer: string,
): Content {
  const fields = withoutDisabledTwins(rows).map((field): CapturedParameter => {
    const { value, ...row } = rowOf(field, find);
    const about = { ...row, in: 'formData' as const };
    if (field.isFile) return { ...about, values: [], isFile: true };
    const partType = field.contentType !== undefined && { partType: field.contentType };
    return { ...about, values: [value], ...partType };
  });
  if (fields.length === 0) return { fields };
  return { body: { kind: 'form', contentType, pointer }, fields };
}

function captureExample({ name, code, headers, body }: PostmanExample): CapturedResponse {
  const contentType = headers.find((header) => header.key.toLowerCase() === 'content-type')?.value ?? '';
  const answer = captureAnswer(body, contentType);
  return {
    status: code === '' ? 'default' : code,
    description: name,
    headers: headers.map(({ key, value, description }) => ({ name: key, value, description })),
    contentType,
    ...(answer !== undefined && { body: answer }),
  };
}
