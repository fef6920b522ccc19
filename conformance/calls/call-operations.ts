import { isDeepStrictEqual } from 'node:util';
import {
  type Connector,
  compile,
  credentialFor,
  type OperationResult,
  type ParameterValues,
} from '@patchbay/connector';
import { applyCredential, type Credential } from '@patchbay/credential';
import { type ConnectorModel, isPolicyUsable, type OperationModel, readPolicyParameters } from '@patchbay/definition';
import type { Egress } from '@patchbay/egress';
import { generateArguments } from '../generate-arguments.ts';
import { connectionValues } from './connection-values.ts';
import type { ConnectorMock, SeenCall } from './connector-mock.ts';
import { explain } from './exceptions.ts';
import { isJson } from './prism-judge.ts';
import { requestPoliciesOf } from './request-policies.ts';

/** What became of one call. */
export type Call = {
  readonly operationId: string;
  /** What went wrong; empty when the mock accepted the request and its answer came back as a result. */
  readonly problems: readonly string[];
  /** The rule that explains the problems. */
  readonly why?: string;
  /** Judged by what stood there before policies made something else of it. */
  readonly isJudgedBeforePolicies: boolean;
};

type Caller = {
  readonly model: ConnectorModel;
  readonly connector: Connector;
  readonly mock: ConnectorMock;
  readonly credential: Credential;
  readonly call: (operationId: string, values: ParameterValues) => Promise<OperationResult>;
};

/** Calls every operation of a connector twice, with the required arguments and with all, before a mock of its own definition. */
export async function callOperations(
  model: ConnectorModel,
  mock: ConnectorMock,
  egress: Egress,
): Promise<readonly Call[]> {
  const caller = createCaller(model, mock, egress);
  const calls: Call[] = [];
  for (const operation of model.operations) {
    for (const all of [false, true]) calls.push(await callOne(caller, operation, all));
  }
  return calls;
}

/** Where the operations of a model go that names no address that can be called. */
const someUrl = 'https://example.com';

function createCaller(model: ConnectorModel, mock: ConnectorMock, egress: Egress): Caller {
  const described = compile(model);
  const connector = described.baseUrl === '' ? compile(model, { baseUrl: someUrl }) : described;
  const connectionParameters = connectionValues(model);
  const credential = credentialFor(model, connectionParameters);
  const networkRules = { allow: ['loopback'] };
  const options = { credential, connectionParameters, networkRules, egress: mock.lead(egress) };
  const call: Caller['call'] = (operationId, values) => connector.operation(operationId).call(values, options);
  return { model, connector, mock, credential, call };
}

async function callOne(caller: Caller, operation: OperationModel, all: boolean): Promise<Call> {
  const { model, mock } = caller;
  const values = generateArguments(model, operation, all);
  const problems = await problemsOf(caller, operation, values);
  const seen = mock.seen().at(-1);
  const outcome = {
    operationId: operation.operationId,
    problems,
    isJudgedBeforePolicies: seen?.isJudgedBeforePolicies ?? false,
  };
  if (problems.length === 0) return outcome;
  const why = explain(problems, { model, operation, values, ...(seen !== undefined && { request: seen.request }) });
  return why === undefined ? outcome : { ...outcome, why };
}

async function problemsOf(
  { model, connector, mock, credential, call }: Caller,
  operation: OperationModel,
  values: ParameterValues,
): Promise<readonly string[]> {
  const policies = requestPoliciesOf(model, operation);
  mock.forget();
  try {
    const bound = connector.operation(operation.operationId).bind(values);
    const { url, headers } = applyCredential(bound, credential);
    mock.expect({
      operation,
      request: { ...bound, url, headers },
      baseUrl: operation.serverUrl ?? connector.baseUrl,
      policies,
    });
    const result = await call(operation.operationId, values);
    const seen = mock.seen()[policies.asksFirst.length];
    return seen === undefined ? ['No request came.'] : judgeAnswer(model, operation, seen, result);
  } catch (error) {
    const refused = mock.seen().flatMap(({ violations }) => violations);
    return [...refused, error instanceof Error ? error.message : String(error)];
  }
}

function judgeAnswer(
  model: ConnectorModel,
  operation: OperationModel,
  seen: SeenCall,
  result: OperationResult,
): readonly string[] {
  const refused = [...seen.violations, ...(seen.noAnswer === undefined ? [] : [seen.noAnswer])];
  if (refused.length > 0) return refused;
  const problem = differenceOf(model, operation, seen, result);
  return problem === undefined ? [] : [problem];
}

/** How what a call gave differs from what the mock answered: in its status, or in its value where no policy changes the answer. */
function differenceOf(
  model: ConnectorModel,
  { operationId, method }: OperationModel,
  { answer: { status, headers, body } }: SeenCall,
  { statusCode, body: decoded }: OperationResult,
): string | undefined {
  if (statusCode !== status) return `The answer ${status} came as ${statusCode}.`;
  const isChanged = model.policies
    .filter(isPolicyUsable)
    .map(readPolicyParameters)
    .some(
      ({ section, operations }) =>
        section !== 'request' && (operations.length === 0 || operations.includes(operationId)),
    );
  const hasBody = body !== undefined && status !== 204 && status !== 304 && method !== 'head';
  if (isChanged || !hasBody || !isJson(headers['Content-type'])) return undefined;
  const sent: unknown = JSON.parse(JSON.stringify(body));
  return isDeepStrictEqual(sent, decoded) ? undefined : 'The answer was decoded as another value.';
}
