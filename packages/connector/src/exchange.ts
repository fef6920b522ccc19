import { applyCredential } from '@patchbay/credential';
import type { EgressResponse } from '@patchbay/egress';
import type { Callable } from './callable.ts';
import type { BoundRequest, CallOptions, OperationResult } from './contract.ts';
import type { RawAnswer } from './decode-result.ts';
import { readRequest, showRequest } from './explain/message-json.ts';
import { type Observe, observeNothing } from './explain/observe.ts';
import { credentialHeadersOf } from './policies/operation-policies.ts';
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
  const { authenticated, credentialHeaders } = authenticate(request, options, observe);
  const policies = policiesOf();
  if (policies === undefined) return { request: authenticated, credentialHeaders };
  const policed = await policies.request(authenticated, options, observe);
  const names = credentialHeadersOf(policed.request.headers, options.credential, credentialHeaders);
  return { ...policed, credentialHeaders: names };
}

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
  const call = await begin(operation, bound, options, observeNothing);
  const url = absoluteLocation(location, call.prepared.request.url);
  const answer = await call.sendTo(url, { name: 'poll', method: 'GET', headers: {} });
  const whole = await wholeOfLocation(call, answer, url, contentTransferOf(operation.model, options.contentTransfer));
  const result = await readResult(operation, call.prepared, whole, observeNothing);
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
  return resultOf(operation, answer, context, observe);
}

/** result → policies: an answer as it came, decoded, and what the policies make of it. */
export function resultOf(
  operation: Callable,
  answer: RawAnswer,
  context: PolicyContext | undefined,
  observe: Observe,
): OperationResult {
  const decoded = operation.readAnswer(answer);
  observe(
    'result',
    () => ({ contentType: answer.headers['content-type'] ?? '', sizeBytes: answer.bytes.length }),
    () => ({ ...decoded }),
  );
  return applyAnswerPolicies(operation, decoded, context, observe);
}

/** The policies that act on an answer; with `startAt`, from what stands in that one's place on. */
export function applyAnswerPolicies(
  operation: Callable,
  decoded: OperationResult,
  context: PolicyContext | undefined,
  observe: Observe,
  startAt?: number,
): OperationResult {
  const policies = operation.policies();
  if (policies === undefined || context === undefined) return decoded;
  return policies.response(decoded, context, observe, startAt);
}

function authenticate(
  request: BoundRequest,
  options: CallOptions,
  observe: Observe,
): { readonly authenticated: BoundRequest; readonly credentialHeaders: readonly string[] } {
  const { url, headers, credentialHeaders } = applyCredential(request, options.credential);
  const authenticated = { ...request, url, headers };
  const edited = observe(
    'authenticate',
    () => showRequest(request),
    () => showRequest(authenticated),
  );
  return { authenticated: edited === undefined ? authenticated : readRequest(edited), credentialHeaders };
}
