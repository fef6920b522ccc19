import { applyCredential } from '@patchbay/credential';
import type { JsonObject } from '@patchbay/definition';
import type { EgressResponse } from '@patchbay/egress';
import type { Callable } from './callable.ts';
import type { BoundRequest, CallOptions, OperationResult } from './contract.ts';
import type { RawAnswer } from './decode-result.ts';
import { credentialHeadersOf, type Observe } from './policies/operation-policies.ts';
import type { PolicyContext } from './policies/policy.ts';
import { answerOf, wholeOfLocation } from './transfer/answer-of.ts';
import { beginCall, type ConnectorCall } from './transfer/connector-call.ts';
import { contentTransferOf } from './transfer/content-transfer.ts';
import { absoluteLocation } from './transfer/locate.ts';

/** A request as it goes out, and what is needed of it for its answer. */
export type Prepared = {
  readonly request: BoundRequest;
  readonly credentialHeaders: readonly string[];
  readonly context?: PolicyContext;
};

/** authenticate → policies: the request as it goes out. */
export async function prepare(
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

/** Nobody looks. */
export const nobody: Observe = () => undefined;

/** authenticate → policies → transport → policies → result of a bound request, in as many requests as its answer takes. */
export async function exchange(
  operation: Callable,
  bound: BoundRequest,
  options: CallOptions,
  observe: Observe,
  keep: (prepared: Prepared) => void = () => undefined,
): Promise<{ readonly result: OperationResult; readonly sentUrl: string }> {
  const call = await begin(operation, bound, options, observe, keep);
  const response = await answerOf(call, {
    transfer: contentTransferOf(operation.model, options.contentTransfer),
    followsLocation: options.disableAsyncPattern !== true,
  });
  const result = await readResult(operation, call.prepared, response, observe);
  return { result, sentUrl: call.prepared.request.url };
}

/** Asks for the answer of a call that was answered with 202 before, at the address that the API gave. */
export async function exchangeAt(
  operation: Callable,
  bound: BoundRequest,
  location: string,
  options: CallOptions,
): Promise<OperationResult> {
  const call = await begin(operation, bound, options, nobody);
  const url = absoluteLocation(location, call.prepared.request.url);
  const answer = await call.sendTo(url, { name: 'poll', method: 'GET', headers: {} });
  const whole = await wholeOfLocation(call, answer, url, contentTransferOf(operation.model, options.contentTransfer));
  const result = await readResult(operation, call.prepared, whole, nobody);
  const next = result.statusCode === 202 ? result.headers['location'] : undefined;
  if (next === undefined || next === '') return result;
  return { ...result, headers: { ...result.headers, location: absoluteLocation(next, url) } };
}

function begin(
  operation: Callable,
  bound: BoundRequest,
  options: CallOptions,
  observe: Observe,
  keep: (prepared: Prepared) => void = () => undefined,
): Promise<ConnectorCall<Prepared>> {
  return beginCall(
    {
      plain: bound,
      baseUrl: operation.baseUrl,
      expiryRules: operation.expiryRules,
      redirect: 'follow',
      observe,
      prepare: async (current) => {
        const prepared = await prepare(operation, bound, current, observe);
        keep(prepared);
        return prepared;
      },
    },
    options,
  );
}

async function readResult(
  operation: Callable,
  { request, context }: Prepared,
  response: EgressResponse,
  observe: Observe,
): Promise<OperationResult> {
  const answer: RawAnswer = { status: response.status, headers: response.headers, bytes: await response.bytes() };
  observe(
    'transport',
    () => ({ method: request.method, url: request.url }),
    () => ({ statusCode: answer.status, headers: answer.headers, url: response.url, sizeBytes: answer.bytes.length }),
  );
  const decoded = operation.readAnswer(answer);
  observe(
    'result',
    () => ({ contentType: answer.headers['content-type'] ?? '', sizeBytes: answer.bytes.length }),
    () => ({ ...decoded }),
  );
  const policies = operation.policies();
  return policies !== undefined && context !== undefined ? policies.response(decoded, context, observe) : decoded;
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

/** A request as a trace shows it. */
export function describeRequest({ method, url, headers, body }: BoundRequest): JsonObject {
  if (body === undefined) return { method, url, headers };
  return {
    method,
    url,
    headers,
    body: typeof body === 'string' ? body : { $content: Buffer.from(body).toString('base64') },
  };
}
