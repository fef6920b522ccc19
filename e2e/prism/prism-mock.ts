import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { createInstance, getHttpOperationsFromSpec, type IHttpConfig, type IHttpRequest } from '@stoplight/prism-http';

/** What Prism made of one request. */
export type JudgedRequest = {
  readonly method: string;
  /** As it came, with the query. */
  readonly url: string;
  /** Why the definition does not allow it; empty when it does. */
  readonly violations: readonly string[];
  /** Why Prism could not make up an answer to a request that it found valid. */
  readonly noAnswer?: string;
};

export type PrismMock = {
  /** The address of the mocked API with the definition's base path: what a connector's `backendService.serviceUrl` takes. */
  readonly serviceUrl: string;
  /** In order of arrival. */
  readonly requests: readonly JudgedRequest[];
  readonly close: () => Promise<void>;
};

type Answer = {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: unknown;
};

type Judgement = Pick<JudgedRequest, 'violations' | 'noAnswer'> & { readonly answer: Answer };

/** An API that is made of nothing but its definition, by Prism: it checks each request and its security, and makes up the answers. */
export async function startPrismMock(definition: object): Promise<PrismMock> {
  const basePath = basePathOf(definition);
  const judge = await createJudge(definition);
  const requests: JudgedRequest[] = [];
  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '/' } = request;
    const body = await readBody(request);
    const judgement = url.startsWith(`${basePath}/`)
      ? await judge(toPrismRequest(request, url.slice(basePath.length), body))
      : refusal([`The path does not begin with the base path ${basePath}.`], 404);
    const { violations, noAnswer, answer } = judgement;
    requests.push({ method, url, violations, ...(noAnswer !== undefined && { noAnswer }) });
    writeAnswer(response, answer);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { serviceUrl: `http://127.0.0.1:${port}${basePath}`, requests, close: () => close(server) };
}

/** Prism says what it does to a logger; this one keeps it to itself. */
const silence = { child: () => silence, info() {}, success() {}, warn() {}, error() {}, debug() {}, trace() {} };

async function createJudge(definition: object): Promise<(request: IHttpRequest) => Promise<Judgement>> {
  // Prism resolves references in place: the caller's definition stays as it is.
  const operations = await getHttpOperationsFromSpec(structuredClone(definition));
  const prism = createInstance(configuration(), { logger: silence });
  return async (request) => {
    const outcome = await attempt(() => prism.request(request, operations, configuration(request))());
    if (outcome instanceof Error) return { ...refusal([], 200), noAnswer: outcome.message };
    if (outcome._tag === 'Left') return judgeFailure(outcome.left);
    const { output, validations } = outcome.right;
    const violations = validations.input.filter(({ severity }) => severity === 0).map(({ message }) => message);
    return { violations, answer: { status: output.statusCode, headers: output.headers ?? {}, body: output.body } };
  };
}

async function attempt<Value>(work: () => Promise<Value>): Promise<Value | Error> {
  try {
    return await work();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** A new one for each request: Prism keeps state in it, and cannot read an `Accept` header with weights (RFC 9110 §12.5.1). */
function configuration(request?: IHttpRequest): IHttpConfig {
  const accepted = request?.headers?.['accept']?.split(',').map((range) => range.replace(/;.*/, '').trim());
  return {
    isProxy: false,
    checkSecurity: true,
    validateRequest: true,
    validateResponse: false,
    mock: { dynamic: false, ...(accepted !== undefined && { mediaTypes: accepted }) },
    errors: false,
    upstreamProxy: undefined,
  };
}

/** Routes that are not found and violations that the definition documents no answer for come as errors with a status. */
function judgeFailure(error: Error & { readonly status?: number; readonly additional?: object }): Judgement {
  const { status = 500 } = error;
  const text = [error.message, JSON.stringify(error.additional)].filter((part) => part !== undefined).join(' ');
  if (status < 500) return refusal([text], status);
  return { ...refusal([], 200), noAnswer: text };
}

function refusal(violations: readonly string[], status: number): Judgement {
  return { violations, answer: { status, headers: { 'content-type': 'application/json' }, body: { violations } } };
}

function toPrismRequest(request: IncomingMessage, url: string, body: unknown): IHttpRequest {
  const { pathname, searchParams } = new URL(`http://mock${url}`);
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(searchParams.keys())) {
    const values = searchParams.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  return {
    // The kinds of request that Node's parser lets through are more than Prism's; a route it does not know it refuses.
    method: (request.method ?? 'GET').toLowerCase() as IHttpRequest['method'],
    url: { path: pathname, query },
    headers: headers as NonNullable<IHttpRequest['headers']>,
    body,
  };
}

/** As Prism's own server reads it: JSON as a value, everything else as text. */
async function readBody(request: IncomingMessage): Promise<unknown> {
  const text = (await buffer(request)).toString('utf8');
  if (text === '') return undefined;
  return isJson(request.headers['content-type']) ? JSON.parse(text) : text;
}

function writeAnswer(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers);
  if (status === 204 || status === 304 || body === undefined) response.end();
  else response.end(typeof body === 'string' && !isJson(headers['Content-type']) ? body : JSON.stringify(body));
}

function isJson(contentType: string | undefined): boolean {
  return /^[^;]*[/+]json\s*(;|$)/i.test(contentType ?? '');
}

function basePathOf(definition: object): string {
  const given: unknown = 'basePath' in definition ? definition.basePath : '';
  return typeof given === 'string' ? given.replace(/\/+$/, '') : '';
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((closed) => server.close(() => closed()));
}
