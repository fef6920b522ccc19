import type { Scope } from '@patchbay/expression';
import { readRecord } from '../actions/call.ts';
import { type ConnectionHost, readConnectionHost, resolveConnection } from '../actions/connection-host.ts';
import { connectorRequest } from '../actions/connector-request.ts';
import { compileServiceProviderHost } from '../actions/service-provider-host.ts';
import type { ConnectionReference, TriggerCall } from '../contract.ts';
import type { ActionCompiler } from '../plan/action-compiler.ts';
import { isObject, type JsonObject, member, memberAt, textMember } from '../plan/json.ts';
import type { TriggerDefinition } from './trigger-kind.ts';

/** What evaluating a trigger's call can see. */
export type CallSight = {
  readonly scope: Scope;
  readonly connection: (reference: string) => ConnectionReference | undefined;
};

export type EvaluateCall = (sight: CallSight) => TriggerCall;

const notOfTheRequest = new Set(['host', 'authentication', 'retrypolicy', 'subscribe', 'unsubscribe', 'fetch']);

/** Compiles `inputs` of the OpenApiConnection family: an operation by id, with flat parameters. */
export function compileOperationCall(source: TriggerDefinition, compiler: ActionCompiler): EvaluateCall {
  const host = compileHost(source, compiler);
  const operationId = textMember(memberAt(source.definition, 'inputs', 'host'), 'operationId') ?? '';
  if (operationId === '') {
    const message = `trigger "${source.name}" names no operationId in its host`;
    compiler.report('trigger-invalid', 'error', message, `${source.pointer}/inputs/host`);
  }
  return operationCall(source, { ...host, operationId }, compiler);
}

/** Compiles `inputs` of a ServiceProvider trigger: the same with the operation in `serviceProviderConfiguration`. */
export function compileServiceProviderCall(source: TriggerDefinition, compiler: ActionCompiler): EvaluateCall {
  const inputs = member(source.definition, 'inputs');
  const place = { inputs, pointer: `${source.pointer}/inputs`, subject: `trigger "${source.name}"` };
  return operationCall(source, compileServiceProviderHost(place, 'trigger-invalid', compiler), compiler);
}

function operationCall(
  source: TriggerDefinition,
  host: ConnectionHost & { readonly operationId: string },
  compiler: ActionCompiler,
): EvaluateCall {
  const parameters = memberAt(source.definition, 'inputs', 'parameters') ?? {};
  const evaluate = compiler.evaluator(parameters, `${source.pointer}/inputs/parameters`);
  return ({ scope, connection }) => ({
    kind: 'operation',
    connection: resolveConnection({ connection }, host),
    operationId: host.operationId,
    parameters: readRecord(evaluate(scope)),
  });
}

/** Compiles a request of the ApiConnection family: `inputs` itself, or its member `subscribe`, `unsubscribe` or `fetch`. */
export function compileRequestCall(
  source: TriggerDefinition,
  compiler: ActionCompiler,
  part: { readonly name?: 'subscribe' | 'unsubscribe' | 'fetch'; readonly method: string },
  host = compileHost(source, compiler),
): EvaluateCall {
  const inputs = member(source.definition, 'inputs');
  const given = part.name === undefined ? inputs : member(inputs, part.name);
  const pointer = `${source.pointer}/inputs${part.name === undefined ? '' : `/${part.name}`}`;
  if (textMember(given, 'path') === undefined && !isObject(member(given, 'pathTemplate'))) {
    compiler.report('trigger-invalid', 'error', `trigger "${source.name}" names no path`, pointer);
  }
  const evaluate = compiler.evaluator(requestMembers(given), pointer);
  return ({ scope, connection }) =>
    connectorRequest(evaluate(scope), resolveConnection({ connection }, host), part.method);
}

/** Compiles how `inputs` name their connection. */
export function compileHost(source: TriggerDefinition, compiler: ActionCompiler): ConnectionHost {
  const host = readConnectionHost(memberAt(source.definition, 'inputs', 'host'));
  const pointer = `${source.pointer}/inputs/host`;
  if (host.reference === '') {
    compiler.report('trigger-invalid', 'error', `trigger "${source.name}" names no connection in its host`, pointer);
  } else {
    compiler.connectionReference(host.reference, pointer);
  }
  return host;
}

/** What authenticates is the connection's, and may not even be there to evaluate. */
function requestMembers(given: ReturnType<typeof member>): JsonObject {
  if (!isObject(given)) return {};
  return Object.fromEntries(Object.entries(given).filter(([name]) => !notOfTheRequest.has(name.toLowerCase())));
}
