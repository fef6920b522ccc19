import type { Redactor } from '@patchbay/credential';
import type { JsonObject } from '@patchbay/definition';
import type { EgressErrorCode } from '@patchbay/egress';
import type { Diagnosis, Explanation, OperationResult, TraceStep } from '../contract.ts';
import type { ConnectorError, ConnectorErrorCode } from '../errors.ts';
import { saidIn } from './said-in.ts';

/** What is likely to help when the call failed before there was an answer that could be read. */
const failureFixes: { readonly [code in ConnectorErrorCode]?: string } = {
  'path-escapes': 'Take "." and ".." out of the parameter that the message names.',
  'host-missing': 'Put the host into the definition, or the address into backendService.serviceUrl.',
  'security-unsupported': 'Choose a kind of security that is supported, on the Security tab.',
  'credential-missing': 'Open the connection and enter the value that the message names, or sign in again.',
  'response-not-json': 'Check host and base path; an API that answers with a page often wants another path or sign-in.',
  'response-not-soap': 'Check the address of the service and the SOAP version of its binding.',
  'policy-failed': 'Mend the values of the policy in apiProperties.json, or replay from the policy with another value.',
  'transfer-failed': 'Send the body in one piece, or look at how the API takes and gives chunks.',
  'answer-pending': 'Wait longer for the answer, or take the 202 as the answer (disableAsyncPattern).',
  'location-refused': 'Look at the Location that the API answers: it should lead to its own address.',
  'page-refused': 'Take the first page only: the link to the next one leads away from the API.',
};

/** The same for a request that did not come through. */
const transportFixes: { readonly [code in EgressErrorCode]: string } = {
  'url-invalid': 'Look at the url of the step before: a policy or a connection value makes a wrong address.',
  'header-invalid': 'Look at the headers of the step before: one has a value that cannot be sent.',
  'address-refused': 'If the address is meant, let an administrator add it to the network rules of the environment.',
  'name-not-found': 'Check the host name; a connection value or the policy dynamichosturl may have made it.',
  'connection-refused': 'Check host and port, and that the API runs.',
  'connection-reset': 'Try again; if it stays, check that host and port are those of the API, and look at its own log.',
  'tls-failed': 'Check the certificate, or give the connector the certificate authority that signed it.',
  'timed-out': 'Try again, or wait longer for the answer; the API did not give one in time.',
  aborted: 'Call again: whoever called went away.',
  'response-too-large': 'Ask the API for less, a page at a time.',
  'headers-too-large': 'Ask whoever runs the API to send fewer or shorter header fields.',
  'redirect-refused': 'Use the address that the API redirects to as the host, if it is meant.',
  'too-many-redirects': 'Use the address where the redirects should end as the host.',
  'protocol-violated': 'Check that host and port are those of an HTTP server, and the scheme.',
  'rate-limited': 'Call less often, or let an administrator raise the limits of the environment.',
  failed: 'Look at what the message says, and whether the API runs.',
};

/** An answer that says that something is wrong. */
const statusFixes: { readonly [status: number]: string } = {
  400: 'Compare the parameters with what the API says; a required one may be missing in the definition.',
  401: "The API does not take the connection's credential: enter it again or sign in again, and compare its place (header, query) with the API's documentation.",
  403: 'The API knows the caller and does not allow it: look at the scopes of the sign-in, or at the rights of the account.',
  404: 'Check base path and path in the definition, and the values in the path.',
  405: 'Check the method of the operation in the definition.',
  406: 'Check what the operation produces: the API cannot answer in any of it.',
  415: 'Check what the operation consumes: the API does not take this content type.',
  422: 'The form is right and a value is not: read what the API says of it.',
  429: 'The API wants fewer calls: lower the limits of the environment, or wait.',
};

export function diagnoseAnswer(
  { statusCode, body }: OperationResult,
  trace: readonly TraceStep[],
  redact: Redactor,
): Diagnosis | undefined {
  if (statusCode < 400) return undefined;
  const said = saidIn(body);
  const last = trace.findLast(({ step }) => step === 'transport' || step === 'policy' || step === 'result');
  const own = trace.findLast(({ step }) => step === 'transport')?.after;
  const isOwn = own === undefined || statusOf(own) === statusCode;
  const fix = statusFixes[statusCode] ?? (statusCode < 500 ? statusFixes[400] : serverFix);
  return {
    step: isOwn ? 'transport' : (last?.step ?? 'result'),
    ...(!isOwn && last?.name !== undefined && { policy: last.name }),
    ...(said !== undefined && { said: redact(said) }),
    fix: isOwn ? (fix ?? serverFix) : 'The API answered otherwise: look at the policy that changes its answer.',
  };
}

const serverFix = 'The API itself failed: try again, and look at its own log.';

export function describeFailure(failure: ConnectorError): Pick<Explanation, 'error' | 'diagnosis'> {
  const { code, evidence, message, policy } = failure;
  const step = policy === undefined ? stepOf(code) : 'policy';
  const named = policy === undefined ? {} : { policy };
  // Evidence of a failed transport is one of the egress codes.
  const transport = code === 'transport-failed' ? transportFixes[evidence as EgressErrorCode] : undefined;
  return {
    error: { code: evidence ?? code, message, step, ...named },
    diagnosis: {
      step,
      ...named,
      fix: transport ?? failureFixes[code] ?? 'Look at the last step of the trace, and at what the message says.',
    },
  };
}

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

function statusOf(after: TraceStep['after']): unknown {
  return typeof after === 'object' && after !== null && !Array.isArray(after)
    ? (after as JsonObject)['statusCode']
    : undefined;
}
