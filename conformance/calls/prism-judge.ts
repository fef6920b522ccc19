import { createInstance, getHttpOperationsFromSpec, type IHttpConfig, type IHttpRequest } from '@stoplight/prism-http';
import { type Known, sayForPrism } from './say-for-prism.ts';

/** A request below the base path of the definition. */
export type JudgeableRequest = {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string };
  readonly body: Uint8Array;
};

export type Answer = {
  readonly status: number;
  readonly headers: { readonly [name: string]: unknown };
  readonly body: unknown;
};

/** What Prism made of one request. */
export type Judgement = {
  /** Why the definition does not allow it; empty when it does. */
  readonly violations: readonly string[];
  /** Why Prism could not make up an answer to a request that it found valid. */
  readonly noAnswer?: string;
  readonly answer: Answer;
};

/** An operation by its place in the definition, e.g. `get` and `/notes/{id}`. */
export type OperationPlace = { readonly method: string; readonly path: string };

/** Judges a request by one operation, else by the one that its path leads to. */
export type Judge = (request: JudgeableRequest, place?: OperationPlace) => Promise<Judgement>;

type PrismOperation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

/** Prism says what it does to a logger; this one keeps it to itself. */
const silence = { child: () => silence, info() {}, success() {}, warn() {}, error() {}, debug() {}, trace() {} };

/** Judges by nothing but a definition, which Prism reads, checks against and makes up the answers from. */
export async function createPrismJudge(definition: unknown, known: Known = {}): Promise<Judge> {
  const described = await getHttpOperationsFromSpec(sayForPrism(definition, known));
  const operations = described.map(({ path, ...operation }) => ({
    place: path,
    ...withMatchablePath(path, operation),
  }));
  const prism = createInstance(configuration(), { logger: silence });
  return async (request, place) => {
    const asked = toPrismRequest(request);
    const candidates =
      place === undefined
        ? operations
        : operations.filter((one) => one.place === place.path && one.method === place.method);
    const outcome = await attempt(() => prism.request(asked, candidates, configuration(asked))());
    if (outcome instanceof Error) return { ...refuse([], 200), noAnswer: outcome.message };
    if (outcome._tag === 'Left') return judgeFailure(outcome.left);
    const { output, validations } = outcome.right;
    const violations = validations.input.filter(({ severity }) => severity === 0).map(({ message }) => message);
    return { violations, answer: { status: output.statusCode, headers: output.headers ?? {}, body: output.body } };
  };
}

/** Answers that a request is not allowed. */
export function refuse(violations: readonly string[], status: number): Judgement {
  return { violations, answer: { status, headers: { 'content-type': 'application/json' }, body: { violations } } };
}

/**
 * Prism matches a path without its query, and finds only path parameters whose names are words: others are matched under another name.
 */
function withMatchablePath(path: string, operation: Omit<PrismOperation, 'path'>): PrismOperation {
  const names = new Map<string, string>();
  const template = (path.split(/[?#]/, 1)[0] ?? '').replaceAll(/\{([^{}]*)\}/g, (whole, name: string) => {
    if (/^\w+$/.test(name)) return whole;
    const other = `parameter${names.size + 1}`;
    names.set(name, other);
    return `{${other}}`;
  });
  const parameters = operation.request?.path;
  if (names.size === 0 || parameters === undefined) return { ...operation, path: template };
  const renamed = parameters.map((one) => ({ ...one, name: names.get(one.name) ?? one.name }));
  return { ...operation, path: template, request: { ...operation.request, path: renamed } };
}

async function attempt<Value>(work: () => Promise<Value>): Promise<Value | Error> {
  try {
    return await work();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** A new one for each request: Prism keeps state in it, and cannot read an `Accept` header with weights
 * (RFC 9110 §12.5.1) or with what is no media type. */
function configuration(request?: IHttpRequest): IHttpConfig {
  const ranges = request?.headers?.['accept']?.split(',').map((range) => range.replace(/;.*/, '').trim());
  const readable = ranges?.filter((range) => /^[\w.+*-]+\/[\w.+*-]+$/.test(range));
  const accepted = readable?.length === 0 ? ['*/*'] : readable;
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

type PrismFailure = Error & {
  readonly status?: number;
  readonly additional?: { readonly validation?: readonly { readonly message: string }[] };
};

/** Routes that are not found and violations that the definition documents no answer for come as errors with a status. */
function judgeFailure(error: PrismFailure): Judgement {
  const { status = 500, message, additional } = error;
  if (status >= 500) return { ...refuse([], 200), noAnswer: message };
  const details = additional?.validation?.map((one) => one.message) ?? [];
  return refuse(details.length > 0 ? details : [message], status);
}

function toPrismRequest({ method, url, headers, body }: JudgeableRequest): IHttpRequest {
  const { pathname, searchParams } = new URL(`http://mock${url}`);
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(searchParams.keys())) {
    const values = searchParams.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return {
    // The kinds of request that Node's parser lets through are more than Prism's; a route it does not know it refuses.
    method: method.toLowerCase() as IHttpRequest['method'],
    url: { path: pathname, query },
    headers,
    body: readBody(headers['content-type'], body),
  };
}

/** As Prism's own server reads it: JSON as a value, everything else as text. */
function readBody(contentType: string | undefined, body: Uint8Array): unknown {
  if (body.length === 0) return undefined;
  const text = new TextDecoder().decode(body);
  if (!isJson(contentType)) return text;
  try {
    return JSON.parse(text);
  } catch {
    // Not what it says: the schema decides whether text may stand there.
    return text;
  }
}

export function isJson(contentType: unknown): boolean {
  return /^[^;]*[/+]json\s*(;|$)/i.test(String(contentType));
}
