import { captureHeaders, type HeaderLine } from '../sample/capture-headers.ts';
import { captureQuery } from '../sample/capture-query.ts';
import { isMethod, pathParameters } from '../sample/capture-sample.ts';
import type { CapturedCredential, CapturedRequest } from '../sample/captured-request.ts';
import { distinctCredentials } from '../sample/collect-security.ts';
import { basicCredential } from '../sample/credential-headers.ts';
import { readAddress } from '../sample/read-address.ts';
import { type FindValue, replaceVariables } from '../sample/variables.ts';
import type { Reading } from '../source/reading.ts';
import { captureData, queryOfData } from './capture-data.ts';
import type { CurlRequest } from './curl-request.ts';
import type { GivenOption } from './read-options.ts';

/** What stands around a request in its text. */
export type CommandContext = {
  readonly find: FindValue;
  /** What a person wrote above the command. */
  readonly comment: string;
  readonly input: string | undefined;
};

/** The requests of a command: one for each address. */
export function captureCommand(
  reading: Reading,
  request: CurlRequest,
  context: CommandContext,
): readonly CapturedRequest[] {
  reportOthers(reading, request.others);
  const lines = headerLines(reading, request, context.find);
  const isBrowsers = lines.some(({ name }) => /^sec-(fetch|ch-ua)/i.test(name));
  const headers = captureHeaders(reading, lines, isBrowsers);
  const content = captureData(reading, request, headers.contentType, context.input);
  const query = captureQuery(
    reading,
    queryOfData(reading, request).map((pair) => ({ ...pair, pointer: request.data[0]?.pointer ?? '' })),
  );
  const accept = headers.accept.length === 0 && isJsonCall(request) ? ['application/json'] : headers.accept;
  return request.urls.flatMap((url) => {
    const address = readAddress(url.value, { find: context.find, defaultScheme: 'http' });
    const method = methodOf(request);
    if (address === undefined || address.base.kind === 'none') {
      reading.report('sample-url-not-valid', url.pointer, { found: url.value.slice(0, 200) });
      return [];
    }
    if (!isMethod(method)) {
      reading.report('sample-method-not-valid', request.method?.pointer ?? '', { found: method.slice(0, 100) });
      return [];
    }
    const ofAddress = captureQuery(
      reading,
      address.query.map((pair) => ({ ...pair, pointer: url.pointer })),
    );
    const places = pathParameters(address.places, url.pointer);
    const credentials = [
      ...credentialsOf(request, address.hasUser),
      ...headers.credentials,
      ...ofAddress.credentials,
      ...query.credentials,
    ];
    return [
      {
        name: context.comment.length <= 80 ? context.comment : '',
        description: context.comment.length > 80 ? context.comment : '',
        tags: [],
        method,
        base: address.base,
        path: address.path,
        parameters: [...places, ...ofAddress.parameters, ...query.parameters, ...headers.parameters, ...content.fields],
        ...(content.body !== undefined && { body: content.body }),
        accept,
        responses: [],
        credentials: distinctCredentials(credentials),
        pointer: url.pointer,
      },
    ];
  });
}

function methodOf(request: CurlRequest): string {
  if (request.method !== undefined) return request.method.value.trim();
  if (request.isHead) return 'HEAD';
  if (request.upload !== undefined) return 'PUT';
  return request.forms.length > 0 || (request.data.length > 0 && !request.isGet) ? 'POST' : 'GET';
}

function isJsonCall({ data }: CurlRequest): boolean {
  return data.some((option) => option.role === 'json');
}

function credentialsOf(request: CurlRequest, hasUser: boolean): readonly CapturedCredential[] {
  const about = { description: '', extensions: {} } as const;
  const found: CapturedCredential[] = [];
  if (request.sigv4 !== undefined) return [{ kind: 'http', scheme: 'aws4-hmac-sha256', ...about }];
  if (request.user !== undefined || hasUser) {
    found.push(request.scheme === 'basic' ? basicCredential : { kind: 'http', scheme: request.scheme, ...about });
  }
  if (request.bearer !== undefined) found.push({ kind: 'bearer', ...about });
  return found;
}

/** The lines of `-H`, and the options that are headers by another name. */
function headerLines(reading: Reading, request: CurlRequest, find: FindValue): readonly HeaderLine[] {
  const own = request.headers.flatMap(({ value, pointer }): HeaderLine[] => {
    if (value.startsWith('@')) {
      reading.report('sample-file-not-given', pointer, { file: value.slice(1, 200) });
      return [];
    }
    const match = /^\s*([^:;]+?)\s*(?::(.*)|;\s*)$/s.exec(value);
    const [, name = '', text] = match ?? [];
    // `Name:` takes a header away, `Name;` sends it empty (curl(1), --header).
    if (name === '' || text?.trim() === '') return [];
    return [{ name, value: replaceVariables((text ?? '').trim(), find), pointer }];
  });
  const named = request.others.flatMap(({ role, value, pointer }): HeaderLine[] => {
    if (role === 'user-agent' && value !== '') return [{ name: 'User-Agent', value, pointer }];
    return role === 'range' ? [{ name: 'Range', value: `bytes=${value}`, pointer }] : [];
  });
  return [...own, ...named];
}

function reportOthers(reading: Reading, others: readonly GivenOption[]): void {
  for (const { role, long, value, pointer } of others) {
    if (role === 'cookie') reading.lose('cookies-not-carried', pointer);
    else if (role === 'referer') reading.lose('header-not-carried', pointer, { name: 'Referer' });
    else if (role === 'config') reading.report('sample-file-not-given', pointer, { file: value.slice(0, 200) });
    else if (role === 'lost') reading.lose('curl-option-not-carried', pointer, { option: `--${long}` });
  }
}
