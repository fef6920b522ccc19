import { type Redactor, redactValue } from '@patchbay/credential';
import type { JsonObject, JsonValue } from '@patchbay/definition';
import { redacted, watchSecrets } from './call-secrets.ts';
import type { Callable } from './callable.ts';
import type { BoundRequest, CallOptions, Explanation, ParameterValues, TraceStep } from './contract.ts';
import { ConnectorError, type ConnectorErrorCode, tellPathRefused } from './errors.ts';
import { describeRequest, exchange, type Prepared, prepare } from './exchange.ts';
import type { Observe } from './policies/operation-policies.ts';

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
    return {
      request,
      ...(sent !== undefined && { sent }),
      trace,
      error: { code: failure.evidence ?? failure.code, message: failure.message, step: stepOf(failure.code) },
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

/** The step that a failure belongs to. */
function stepOf(code: ConnectorErrorCode): TraceStep['step'] {
  switch (code) {
    case 'response-not-json':
    case 'response-not-soap':
      return 'result';
    case 'transport-failed':
    case 'transfer-failed':
    case 'answer-pending':
    case 'location-refused':
      return 'transport';
    case 'policy-failed':
      return 'policy';
    default:
      return 'authenticate';
  }
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
