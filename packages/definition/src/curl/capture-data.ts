import { type BodyText, type CapturedContent, captureBody, isJsonType } from '../sample/capture-body.ts';
import type { CapturedParameter } from '../sample/captured-request.ts';
import { type Address, parseQuery } from '../sample/read-address.ts';
import type { Reading } from '../source/reading.ts';
import type { CurlRequest } from './curl-request.ts';
import type { GivenOption } from './read-options.ts';

const formType = 'application/x-www-form-urlencoded';

/** Reads what a command sends. Files are named, not given: what is in them stays open, with a finding. */
export function captureData(
  reading: Reading,
  request: CurlRequest,
  contentType: string,
  input: string | undefined,
): CapturedContent {
  const { data, forms, upload } = request;
  const operation = `${request.urls[0]?.value ?? 'curl'}`.slice(0, 100);
  const [firstForm] = forms;
  if (firstForm !== undefined) {
    const body = { kind: 'form' as const, contentType: 'multipart/form-data', pointer: firstForm.pointer };
    return { body, fields: forms.flatMap((form) => captureFormField(reading, form) ?? []) };
  }
  if (upload !== undefined) return captureFile(contentType, 'application/octet-stream', upload.pointer);
  const [first] = data;
  if (first === undefined || request.isGet) return { fields: [] };
  const isJson = data.some((option) => option.role === 'json');
  const type = contentType === '' && isJson ? 'application/json' : contentType;
  const pieces = data.map((option) => pieceOf(reading, option, input));
  if (pieces.some((piece) => piece === undefined)) {
    const isBinary = data.some((option) => option.role === 'data-binary');
    return captureFile(type, isBinary ? 'application/octet-stream' : formType, first.pointer);
  }
  const text = isJson ? pieces.join('') : pieces.join('&');
  return captureBody(reading, bodyText(text, type, first.pointer), operation);
}

/** `-G` sends the data as the query. */
export function queryOfData(reading: Reading, request: CurlRequest): Address['query'] {
  const data = request.isGet ? request.data : [];
  const ofData = data.flatMap((option) => parseQuery(pieceOf(reading, option, undefined) ?? ''));
  return [...ofData, ...request.queries.flatMap(({ value }) => parseQuery(urlEncoded(value.replace(/^\+/, ''))))];
}

/** Data without a type is a form to cURL; where it plainly is JSON, the type was forgotten. */
function bodyText(text: string, contentType: string, pointer: string): BodyText {
  if (contentType !== '' || /^\s*[[{<]/.test(text)) return { text, contentType, pointer };
  return { text, contentType: /^[^\s=&]+(=|$)/.test(text) ? formType : '', pointer };
}

function captureFile(contentType: string, otherwise: string, pointer: string): CapturedContent {
  const type = contentType === '' ? otherwise : contentType;
  const kind = isJsonType(type) ? 'document' : /^text\/|xml|urlencoded/i.test(type) ? 'text' : 'binary';
  return { body: { kind, contentType: type, pointer }, fields: [] };
}

/** A piece of data as text; undefined when it stands in a file. */
function pieceOf(reading: Reading, option: GivenOption, input: string | undefined): string | undefined {
  const { role, value, pointer } = option;
  if (role === 'data-urlencode') {
    const file = /^([^=@]*)@(.*)$/s.exec(value);
    if (file === null) return urlEncoded(value);
    reading.report('sample-file-not-given', pointer, { file: (file[2] ?? '').slice(0, 200) });
    return `${file[1] === '' ? 'content' : file[1]}=`;
  }
  if (role === 'data-raw' || !value.startsWith('@')) return value;
  if (value === '@-' && input !== undefined) return input;
  reading.report('sample-file-not-given', pointer, { file: value.slice(1, 200) });
  return undefined;
}

/** `content`, `=content` and `name=content` (curl(1), --data-urlencode). */
function urlEncoded(value: string): string {
  const index = value.indexOf('=');
  if (index === -1) return encodeURIComponent(value.toWellFormed());
  const content = encodeURIComponent(value.slice(index + 1).toWellFormed());
  return index === 0 ? content : `${value.slice(0, index)}=${content}`;
}

/** `name=value`, `name=@file`, `name=<file`, with `;type=…` and `;filename=…` behind them. */
function captureFormField(reading: Reading, { role, value, pointer }: GivenOption): CapturedParameter | undefined {
  const index = value.indexOf('=');
  if (index < 1) {
    reading.report('curl-form-not-valid', pointer, { found: value.slice(0, 100) });
    return undefined;
  }
  const about = { name: value.slice(0, index), in: 'formData', description: '', required: false, pointer } as const;
  const content = value.slice(index + 1);
  if (role === 'form-string') return { ...about, values: [content] };
  const partType = /;\s*type=([^;]+)/i.exec(content)?.[1]?.trim();
  if (content.startsWith('@')) return { ...about, values: [], isFile: true };
  if (content.startsWith('<')) {
    reading.report('sample-file-not-given', pointer, { file: content.slice(1, 200) });
    return { ...about, values: [], ...(partType !== undefined && { partType }) };
  }
  const text = content.replace(/;\s*(type|filename|encoder|headers)=.*$/is, '').replace(/^"(.*)"$/s, '$1');
  return { ...about, values: [text], ...(partType !== undefined && { partType }) };
}
