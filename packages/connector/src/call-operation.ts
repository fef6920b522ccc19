import {
  applyCredential,
  type Credential,
  CredentialError,
  createRedactor,
  type Redactor,
  redactValue,
  secretsOf,
} from '@patchbay/credential';
import type { JsonObject, JsonValue, OperationModel } from '@patchbay/definition';
import { EgressError, type EgressResponse } from '@patchbay/egress';
import type { Bind } from './bind-operation.ts';
import type {
  BoundRequest,
  CallOptions,
  Explanation,
  OperationResult,
  ParameterValues,
  TraceStep,
} from './contract.ts';
import type { RawAnswer, ReadAnswer } from './decode-result.ts';
import { ConnectorError, tellPathRefused } from './errors.ts';
import type { Page } from './paging/next-target.ts';
import { mergePages, type PageSource, pagesOf } from './paging/pages.ts';
import { pagingPlace } from './paging/paging-place.ts';
import { readPagingRule } from './paging/paging-rule.ts';
import { credentialHeadersOf, type Observe, type OperationPolicies } from './policies/operation-policies.ts';
import type { PolicyContext } from './policies/policy.ts';
import type { ExpiryRules } from './sign-in/expiry-rules.ts';
import { withRenewal } from './sign-in/with-renewal.ts';
import { transmit } from './transmit.ts';

/** What a call needs of its compiled operation. */
export type Callable = {
  readonly model: OperationModel;
  /** Where the operation lives; its path stands below. Empty when the definition names no host. */
  readonly baseUrl: string;
  readonly bind: Bind;
  readonly readAnswer: ReadAnswer;
  readonly policies: () => OperationPolicies | undefined;
  readonly expiryRules: ExpiryRules;
  /** Names of connection parameters whose values must not be seen. */
  readonly isSecret: (name: string) => boolean;
};

const nobody: Observe = () => undefined;

/** bind → authenticate → policies → transport → policies → result; as many pages of it as the options ask for. */
export async function callOperation(
  operation: Callable,
  parameters: ParameterValues,
  options: CallOptions,
): Promise<OperationResult> {
  const secrets = watchSecrets(operation, options);
  const { minimumItemCount } = options;
  try {
    const bound = operation.bind(parameters);
    const source = minimumItemCount === undefined ? undefined : pageSource(operation, bound, secrets.options);
    if (source === undefined || minimumItemCount === undefined) {
      return (await exchange(operation, bound, secrets.options, nobody)).result;
    }
    return toResult(await mergePages(source, minimumItemCount));
  } catch (error) {
    throw tellPathRefused(redacted(error, operation.model, secrets.redact), options.onPathRefused);
  }
}

/** The pages of an operation's answer. */
export async function* pagesOfOperation(
  operation: Callable,
  parameters: ParameterValues,
  options: CallOptions,
): AsyncGenerator<OperationResult, void, undefined> {
  const secrets = watchSecrets(operation, options);
  try {
    const bound = operation.bind(parameters);
    const source = pageSource(operation, bound, secrets.options);
    if (source === undefined) yield (await exchange(operation, bound, secrets.options, nobody)).result;
    else for await (const page of pagesOf(source)) yield toResult(page);
  } catch (error) {
    throw tellPathRefused(redacted(error, operation.model, secrets.redact), options.onPathRefused);
  }
}

function toResult({ statusCode, headers, body }: Page): OperationResult {
  // What an operation answers is JSON: the pages are its results, and merging makes no other values.
  return { statusCode, headers, body: body as JsonValue };
}

/** How to ask for the pages of a bound request; undefined when it has none. */
function pageSource(operation: Callable, bound: BoundRequest, options: CallOptions): PageSource | undefined {
  const rule = readPagingRule(operation.model);
  if (rule === undefined || bound.method !== 'GET' || !bound.url.startsWith(`${operation.baseUrl}/`)) return undefined;
  const [path = '', query = ''] = bound.url.slice(operation.baseUrl.length).split(/\?(.*)/s);
  return {
    ...pagingPlace(options),
    rule,
    first: { path, query },
    send: async (target) => {
      const url = `${operation.baseUrl}${target.path}${target.query === '' ? '' : `?${target.query}`}`;
      const { result, sentUrl } = await exchange(operation, { ...bound, url }, options, nobody);
      return { ...result, sentUrl };
    },
  };
}

/** The same call, with each step recorded and its failure kept as data. */
export async function explainOperation(
  operation: Callable,
  parameters: ParameterValues,
  options: CallOptions & { readonly send: boolean; readonly showSecrets?: boolean },
): Promise<Explanation> {
  const secrets = watchSecrets(operation, options);
  const redact: Redactor = options.showSecrets === true ? (text) => text : secrets.redact;
  const trace: TraceStep[] = [];
  const observe: Observe = (step, before, after, name) => {
    trace.push({
      step,
      ...(name !== undefined && { name }),
      before: redactValue(before(), redact) as JsonValue,
      after: redactValue(after(), redact) as JsonValue,
    });
  };
  const request = bindOrTell(operation, parameters, options);
  let sent: BoundRequest | undefined;
  observe(
    'bind',
    () => parameters as JsonObject,
    () => describeRequest(request),
  );
  try {
    const keep = (prepared: Prepared): void => {
      sent = redactRequest(prepared.request, redact);
    };
    if (!options.send) {
      const prepared = await prepare(operation, request, { ...options, egress: sendsNothing }, observe);
      return { request, sent: redactRequest(prepared.request, redact), trace };
    }
    const { result } = await exchange(operation, request, secrets.options, observe, keep);
    return { request, ...(sent !== undefined && { sent }), trace, result };
  } catch (error) {
    const failure = tellPathRefused(redacted(error, operation.model, redact), options.onPathRefused);
    if (!(failure instanceof ConnectorError)) throw failure;
    const step =
      failure.code === 'response-not-json' || failure.code === 'response-not-soap'
        ? 'result'
        : failure.code === 'transport-failed'
          ? 'transport'
          : failure.code === 'policy-failed'
            ? 'policy'
            : 'authenticate';
    return {
      request,
      ...(sent !== undefined && { sent }),
      trace,
      error: { code: failure.evidence ?? failure.code, message: failure.message, step },
    };
  }
}

function bindOrTell(
  operation: Callable,
  parameters: ParameterValues,
  { onPathRefused }: Pick<CallOptions, 'onPathRefused'>,
): BoundRequest {
  try {
    return operation.bind(parameters);
  } catch (error) {
    throw tellPathRefused(error, onPathRefused);
  }
}

/** Without sending there is no other call of the API either: a value that a policy would ask for stays away. */
const sendsNothing: CallOptions['egress'] = {
  send: () =>
    Promise.reject(new ConnectorError('policy-failed', 'a value has to be asked from the API, and nothing is sent.')),
  close: () => Promise.resolve(),
};

type Prepared = {
  readonly request: BoundRequest;
  readonly credentialHeaders: readonly string[];
  readonly context?: PolicyContext;
};

/** authenticate → policies: the request as it goes out. */
async function prepare(
  { policies: policiesOf }: Callable,
  request: BoundRequest,
  options: CallOptions,
  observe: Observe,
): Promise<Prepared> {
  const { url, headers, credentialHeaders } = authenticate(request, options, observe);
  const authenticated: BoundRequest = { ...request, url, headers };
  const policies = policiesOf();
  if (policies === undefined) return { request: authenticated, credentialHeaders };
  const policed = await policies.request(authenticated, options, observe);
  const names = credentialHeadersOf(policed.request.headers, options.credential, credentialHeaders);
  return { ...policed, credentialHeaders: names };
}

async function exchange(
  operation: Callable,
  bound: BoundRequest,
  options: CallOptions,
  observe: Observe,
  keep: (prepared: Prepared) => void = () => undefined,
): Promise<{ readonly result: OperationResult; readonly sentUrl: string }> {
  const { request, context, response } = await withRenewal(
    options,
    { rules: operation.expiryRules, isRepeatable: true },
    async (current) => {
      const prepared = await prepare(operation, bound, current, observe);
      keep(prepared);
      return { ...prepared, response: await send(prepared, current) };
    },
  );
  const { url } = request;
  const answer: RawAnswer = { status: response.status, headers: response.headers, bytes: await response.bytes() };
  observe(
    'transport',
    () => ({ method: request.method, url }),
    () => ({ statusCode: answer.status, headers: answer.headers, url: response.url, sizeBytes: answer.bytes.length }),
  );
  const decoded = operation.readAnswer(answer);
  observe(
    'result',
    () => ({ contentType: answer.headers['content-type'] ?? '', sizeBytes: answer.bytes.length }),
    () => ({ ...decoded }),
  );
  const policies = operation.policies();
  const isPoliced = policies !== undefined && context !== undefined;
  return { result: isPoliced ? policies.response(decoded, context, observe) : decoded, sentUrl: url };
}

function send({ request, credentialHeaders }: Prepared, options: CallOptions): Promise<EgressResponse> {
  const { method, url, headers, body } = request;
  const sent = options.headers === undefined ? headers : { ...options.headers, ...headers };
  return transmit({ method, url, headers: sent, credentialHeaders, ...(body !== undefined && { body }) }, options);
}

function authenticate(request: BoundRequest, options: CallOptions, observe: Observe) {
  const authenticated = applyCredential(request, options.credential);
  observe(
    'authenticate',
    () => describeRequest(request),
    () => describeRequest({ ...request, url: authenticated.url, headers: authenticated.headers }),
  );
  return authenticated;
}

/** The request as it goes out, safe to show. */
function redactRequest(request: BoundRequest, redact: Redactor): BoundRequest {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, redact(value)]);
  return {
    method: request.method,
    url: redact(request.url),
    headers: Object.fromEntries(headers) as BoundRequest['headers'],
    ...(request.body !== undefined && { body: typeof request.body === 'string' ? redact(request.body) : request.body }),
  };
}

function describeRequest({ method, url, headers, body }: BoundRequest): JsonObject {
  if (body === undefined) return { method, url, headers };
  return {
    method,
    url,
    headers,
    body: typeof body === 'string' ? body : { $content: Buffer.from(body).toString('base64') },
  };
}

/** Hides every credential that the call comes to use, and every connection parameter that is secret. */
function watchSecrets(
  { isSecret }: Callable,
  options: CallOptions,
): { readonly options: CallOptions; readonly redact: Redactor } {
  const { credential, connectionParameters = {}, renewCredential } = options;
  const held = Object.entries(connectionParameters).flatMap(([name, value]) =>
    isSecret(name) && typeof value === 'string' ? [value] : [],
  );
  const used: Credential[] = [credential];
  let redactor: Redactor | undefined;
  const renew = async (refused: Credential): Promise<Credential | undefined> => {
    const renewed = await renewCredential?.(refused);
    if (renewed !== undefined) used.push(renewed);
    redactor = undefined;
    return renewed;
  };
  return {
    options: renewCredential === undefined ? options : { ...options, renewCredential: renew },
    redact: (text) => {
      redactor ??= createRedactor([...used.flatMap(secretsOf), ...held]);
      return redactor(text);
    },
  };
}

/** Failures as the connector's own, without secrets: an upstream may have sent them back. */
function redacted(error: unknown, operation: OperationModel, redact: Redactor): unknown {
  const { operationId } = operation;
  if (error instanceof EgressError) {
    return new ConnectorError('transport-failed', redact(error.message), {
      operationId,
      evidence: error.code,
      cause: error,
    });
  }
  if (error instanceof CredentialError) {
    return new ConnectorError('credential-missing', redact(error.message), { operationId, cause: error });
  }
  if (!(error instanceof ConnectorError)) return error;
  const isAnswer = error.code === 'response-not-json' || error.code === 'response-not-soap';
  const evidence = isAnswer ? undefined : error.evidence;
  return new ConnectorError(error.code, redact(error.message), {
    operationId,
    ...(evidence !== undefined && { evidence }),
  });
}
