import type { Redactor } from '@patchbay/credential';
import type { JsonObject } from '@patchbay/definition';
import { redacted, watchSecrets } from './call-secrets.ts';
import type { Callable } from './callable.ts';
import type {
  BoundRequest,
  CallOptions,
  ExplainOptions,
  Explanation,
  OperationResult,
  ParameterValues,
} from './contract.ts';
import { ConnectorError, tellPathRefused } from './errors.ts';
import { applyAnswerPolicies, exchange, type Prepared, prepare, resultOf } from './exchange.ts';
import { describeFailure, diagnoseAnswer } from './explain/diagnose.ts';
import { readAnswer, readRawAnswer, readRequest, showRequest } from './explain/message-json.ts';
import { findStep, type StepPlace } from './explain/step-ids.ts';
import { createTracer, type Tracer } from './explain/tracer.ts';
import type { FindCallable } from './forward-request.ts';

/** The same call, with each step recorded and its failure kept as data. */
export async function explainOperation(
  operation: Callable,
  parameters: ParameterValues,
  options: ExplainOptions,
  find: FindCallable,
): Promise<Explanation> {
  const { replay } = options;
  const place = replay && findStep(replay.from, operation.policies());
  const secrets = watchSecrets(operation, isReal(options) ? options : withoutConsequences(options));
  const redact: Redactor = options.showSecrets === true ? (text) => text : secrets.redact;
  const tracer = createTracer({
    redact,
    ...(replay !== undefined && place !== undefined && { replay: { ...replay, place } }),
    baseUrl: operation.baseUrl,
    find,
  });
  const request = bindTraced(operation, parameters, options, tracer);
  let sent: BoundRequest | undefined;
  const keep = (prepared: Prepared): void => {
    sent = redactRequest(prepared.request, redact);
  };
  try {
    const result = await outcomeOf(
      operation,
      request,
      { ...secrets.options, send: options.send },
      { tracer, place, keep },
    );
    const diagnosis = result && diagnoseAnswer(result, tracer.trace, redact);
    return {
      request,
      ...(sent !== undefined && { sent }),
      trace: tracer.trace,
      ...(result !== undefined && { result }),
      ...(diagnosis !== undefined && { diagnosis }),
    };
  } catch (error) {
    const failure = tellPathRefused(redacted(error, operation.model, redact), options.onPathRefused);
    if (!(failure instanceof ConnectorError) || failure.code === 'replay-invalid') throw failure;
    return { request, ...(sent !== undefined && { sent }), trace: tracer.trace, ...describeFailure(failure) };
  }
}

/** Whether what comes of it is the API's word on what the connection sends by itself. */
function isReal({ send, replay }: ExplainOptions): boolean {
  return send && replay === undefined;
}

/** What an edited call is answered says nothing about the connection's credential: nothing is renewed, no status set. */
function withoutConsequences(options: ExplainOptions): ExplainOptions {
  const { renewCredential: _renew, onUnauthenticated: _status, ...rest } = options;
  return rest;
}

function bindTraced(
  operation: Callable,
  parameters: ParameterValues,
  { onPathRefused }: CallOptions,
  { observe }: Tracer,
): BoundRequest {
  try {
    const bound = operation.bind(parameters);
    const edited = observe(
      'bind',
      () => parameters as JsonObject,
      () => showRequest(bound),
    );
    return edited === undefined ? bound : readRequest(edited);
  } catch (error) {
    throw tellPathRefused(error, onPathRefused);
  }
}

type Course = {
  readonly tracer: Tracer;
  readonly place: StepPlace | undefined;
  readonly keep: (prepared: Prepared) => void;
};

/** What the call comes to: the API's answer when it is sent, what follows from an edited one, or nothing. */
async function outcomeOf(
  operation: Callable,
  request: BoundRequest,
  options: ExplainOptions,
  { tracer, place, keep }: Course,
): Promise<OperationResult | undefined> {
  const { observe } = tracer;
  const isAnswered = place?.kind === 'transport' || place?.kind === 'result';
  if (options.send && !isAnswered) return (await exchange(operation, request, options, observe, keep)).result;
  const prepared = await prepare(
    operation,
    request,
    options.send ? options : { ...options, egress: sendsNothing },
    observe,
  );
  keep(prepared);
  return answerFrom(operation, prepared, place, tracer);
}

/** What follows from an answer that a person wrote, in the place of what a step of a call that is not sent would have made. */
function answerFrom(
  operation: Callable,
  { request, context }: Prepared,
  place: StepPlace | undefined,
  { observe }: Tracer,
): OperationResult | undefined {
  if (place === undefined || place.kind === 'request') return undefined;
  const before = () => ({ method: request.method, url: request.url });
  if (place.kind === 'transport') {
    const answer = readRawAnswer(observe('transport', before, undefined) ?? null);
    return resultOf(operation, answer, context, observe);
  }
  if (place.kind === 'result') {
    const decoded = readAnswer(observe('result', before, undefined) ?? null);
    return applyAnswerPolicies(operation, decoded, context, observe);
  }
  // Policies of the answer that come earlier have nothing to act on, but count: the step is known by its place.
  return applyAnswerPolicies(operation, { statusCode: 0, headers: {}, body: null }, context, observe, place.index);
}

/** Without sending there is no other call of the API either: a value that a policy would ask for stays away. */
const sendsNothing: CallOptions['egress'] = {
  send: () =>
    Promise.reject(new ConnectorError('policy-failed', 'a value has to be asked from the API, and nothing is sent.')),
  close: () => Promise.resolve(),
};

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
