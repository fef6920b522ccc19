import {
  applyCredential,
  CredentialError,
  createRedactor,
  type Redactor,
  redactValue,
  secretsOf,
} from '@patchbay/credential';
import type { JsonObject, JsonValue, OperationModel } from '@patchbay/definition';
import { EgressError } from '@patchbay/egress';
import type { Bind } from './bind-operation.ts';
import type {
  BoundRequest,
  CallOptions,
  Explanation,
  OperationResult,
  ParameterValues,
  TraceStep,
} from './contract.ts';
import { decodeResult, type RawAnswer } from './decode-result.ts';
import { ConnectorError } from './errors.ts';

/** Sees a step of a call, before and after; the values are built only when somebody looks. */
type Observe = (step: TraceStep['step'], before: () => JsonValue, after: () => JsonValue) => void;

const nobody: Observe = () => undefined;

/** bind → authenticate → transport → result. */
export async function callOperation(
  operation: OperationModel,
  bind: Bind,
  parameters: ParameterValues,
  options: CallOptions,
): Promise<OperationResult> {
  const redact = createRedactor(secretsOf(options.credential));
  try {
    return await exchange(operation, bind(parameters), options, nobody);
  } catch (error) {
    throw redacted(error, operation, redact);
  }
}

/** The same call, with each step recorded and its failure kept as data. */
export async function explainOperation(
  operation: OperationModel,
  bind: Bind,
  parameters: ParameterValues,
  options: CallOptions & { readonly send: boolean; readonly showSecrets?: boolean },
): Promise<Explanation> {
  const redact: Redactor =
    options.showSecrets === true ? (text) => text : createRedactor(secretsOf(options.credential));
  const trace: TraceStep[] = [];
  const observe: Observe = (step, before, after) => {
    trace.push({
      step,
      before: redactValue(before(), redact) as JsonValue,
      after: redactValue(after(), redact) as JsonValue,
    });
  };
  const request = bind(parameters);
  observe(
    'bind',
    () => parameters as JsonObject,
    () => describeRequest(request),
  );
  try {
    if (!options.send) {
      authenticate(request, options, observe);
      return { request, trace };
    }
    return { request, trace, result: await exchange(operation, request, options, observe) };
  } catch (error) {
    const failure = redacted(error, operation, redact);
    if (!(failure instanceof ConnectorError)) throw failure;
    const step =
      failure.code === 'response-not-json'
        ? 'result'
        : failure.code === 'transport-failed'
          ? 'transport'
          : 'authenticate';
    return { request, trace, error: { code: failure.evidence ?? failure.code, message: failure.message, step } };
  }
}

async function exchange(
  operation: OperationModel,
  request: BoundRequest,
  options: CallOptions,
  observe: Observe,
): Promise<OperationResult> {
  const { url, headers, credentialHeaders } = authenticate(request, options, observe);
  const response = await options.egress.send(
    {
      method: request.method,
      url,
      headers: options.headers === undefined ? headers : { ...options.headers, ...headers },
      credentialHeaders,
      ...(request.body !== undefined && { body: request.body }),
      ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
      ...(options.maxResponseBytes !== undefined && { maxResponseBytes: options.maxResponseBytes }),
      ...(options.signal !== undefined && { signal: options.signal }),
    },
    options.networkRules,
  );
  const answer: RawAnswer = { status: response.status, headers: response.headers, bytes: await response.bytes() };
  observe(
    'transport',
    () => ({ method: request.method, url }),
    () => ({ statusCode: answer.status, headers: answer.headers, url: response.url, sizeBytes: answer.bytes.length }),
  );
  const result = decodeResult(operation, answer);
  observe(
    'result',
    () => ({ contentType: answer.headers['content-type'] ?? '', sizeBytes: answer.bytes.length }),
    () => ({ ...result }),
  );
  return result;
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

function describeRequest({ method, url, headers, body }: BoundRequest): JsonObject {
  if (body === undefined) return { method, url, headers };
  return {
    method,
    url,
    headers,
    body: typeof body === 'string' ? body : { $content: Buffer.from(body).toString('base64') },
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
  const evidence = error.code === 'response-not-json' ? undefined : error.evidence;
  return new ConnectorError(error.code, redact(error.message), {
    operationId,
    ...(evidence !== undefined && { evidence }),
  });
}
