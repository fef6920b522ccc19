import type { ConnectorModel, OperationModel } from '@patchbay/definition';
import { type Bind, compileBind } from './bind-operation.ts';
import { callOperation, pagesOfOperation, pollOperation } from './call-operation.ts';
import type { Callable } from './callable.ts';
import { closestNames } from './closest-names.ts';
import type { Connector, Operation } from './contract.ts';
import { decodeResult, type ReadAnswer } from './decode-result.ts';
import { ConnectorError } from './errors.ts';
import { exchangeRequest, pollRequest } from './exchange-request.ts';
import { explainOperation } from './explain-operation.ts';
import { type FindCallable, forwardRequest } from './forward-request.ts';
import { compileOperationPolicies, type OperationPolicies } from './policies/operation-policies.ts';
import { compileRoutes, type RouteTable } from './route-table.ts';
import { type ExpiryRules, expiryRulesOf } from './sign-in/expiry-rules.ts';
import { parameterNames, secretParameterNames } from './sign-in/parameter-names.ts';
import { compileSoapBind } from './soap/bind-soap.ts';
import { compileAnswer } from './soap/read-message.ts';

type SignInFacts = { readonly isSecret: (name: string) => boolean; readonly expiryRules: ExpiryRules };
type CompiledOperation = { readonly operation: Operation; readonly callable: Callable };

/** Compiles a model into a connector. Operations are compiled when first used, so large definitions cost what is used of them. */
export function compile(model: ConnectorModel, options: { readonly baseUrl?: string } = {}): Connector {
  const baseUrl = options.baseUrl?.replace(/\/+$/, '') ?? baseUrlOf(model);
  const byId = new Map(model.operations.toReversed().map((operation) => [operation.operationId, operation]));
  const compiled = new Map<string, CompiledOperation>();
  const secretNames = secretParameterNames(model);
  const knownNames = parameterNames(model);
  const isSecret = (name: string): boolean => secretNames.has(name) || !knownNames.has(name);
  const signIn: SignInFacts = { isSecret, expiryRules: expiryRulesOf(model) };
  let routes: RouteTable | undefined;
  const routeTable = (): RouteTable => {
    routes ??= compileRoutes(model.operations);
    return routes;
  };
  const find: FindCallable = (method, path) => {
    const operation = routeTable().find(method, path);
    return operation === undefined ? undefined : open(operation).callable;
  };
  const open = (operation: OperationModel): CompiledOperation => {
    const known = compiled.get(operation.operationId);
    if (known !== undefined) return known;
    const created = compileOperation(model, operation, addressOf(model, operation, baseUrl), signIn, find);
    compiled.set(operation.operationId, created);
    return created;
  };
  return {
    baseUrl,
    operations: model.operations,
    operation: (operationId) => {
      const operation = byId.get(operationId);
      if (operation !== undefined) return open(operation).operation;
      const close = closestNames(operationId, [...byId.keys()]);
      const hint = close.length === 0 ? '' : ` Did you mean ${close.join(' or ')}?`;
      throw new ConnectorError('operation-not-found', `The connector has no operation ${operationId}.${hint}`);
    },
    match: (method, path) => {
      const operation = routeTable().find(method, path);
      return operation === undefined ? undefined : open(operation).operation;
    },
    forward: (request, callOptions) => forwardRequest(find, request, callOptions),
    exchange: (request, callOptions) => exchangeRequest(find, request, callOptions),
    poll: (request, location, callOptions) => pollRequest(find, request, location, callOptions),
    follow: ({ baseUrl: own, ...request }, callOptions) => {
      const findPlain: FindCallable = (method, path) => {
        const operation = routeTable().find(method, path) ?? undeclared(method, path);
        const address = own ?? addressOf(model, operation, baseUrl);
        // It stands where the API said, whatever server its operation has.
        const { serverUrl: _elsewhere, soap: _soap, ...plain } = operation;
        return { ...compileOperation(model, plain, address, signIn, find).callable, baseUrl: address };
      };
      return forwardRequest(findPlain, request, callOptions);
    },
  };
}

/** What stands for a path that no operation has: only what acts on every operation acts on it. */
function undeclared(method: string, path: string): OperationModel {
  return {
    operationId: '',
    method: method.toLowerCase(),
    // Its segments are what the API wrote, not a template.
    path: path.replace(/[{}]/g, ''),
    summary: '',
    description: '',
    visibility: 'internal',
    deprecated: false,
    tags: [],
    parameters: [],
    responses: [],
    consumes: [],
    produces: [],
    extensions: {},
    pointer: '',
  };
}

function compileOperation(
  model: ConnectorModel,
  operation: OperationModel,
  baseUrl: string,
  signIn: SignInFacts,
  find: FindCallable,
): CompiledOperation {
  let compiled: Bind | undefined;
  let read: ReadAnswer | undefined;
  let policies: { readonly found: OperationPolicies | undefined } | undefined;
  const callable: Callable = {
    model: operation,
    baseUrl,
    bind: (parameters) => {
      compiled ??=
        operation.soap === undefined
          ? compileBind(model, operation, baseUrl)
          : compileSoapBind(model, operation, operation.soap, baseUrl);
      return compiled(parameters);
    },
    readAnswer: (answer) => {
      const { soap } = operation;
      read ??= soap === undefined ? (raw) => decodeResult(operation, raw) : compileAnswer(model, operation, soap);
      return read(answer);
    },
    policies: () => {
      policies ??= { found: compileOperationPolicies(model, operation, baseUrl) };
      return policies.found;
    },
    ...signIn,
  };
  return {
    callable,
    operation: {
      model: operation,
      bind: callable.bind,
      call: (parameters, options) => callOperation(callable, parameters, options),
      poll: (parameters, location, options) => pollOperation(callable, parameters, location, options),
      pages: (parameters, options) => pagesOfOperation(callable, parameters, options),
      explain: (parameters, options) => explainOperation(callable, parameters, options, find),
    },
  };
}

/** The scheme that the definition prefers; nothing when it names no host, or one that only an environment can fill in. */
function baseUrlOf({ server }: ConnectorModel): string {
  if (server.host === '' || !/^[\w.[\]:-]+$/.test(server.host)) return '';
  const scheme = server.schemes.includes('https') ? 'https' : 'http';
  return `${scheme}://${server.host}${server.basePath}`;
}

/** Where an operation lives. A server of its own on the connector's host moves with the host when a base URL says another. */
function addressOf(model: ConnectorModel, { serverUrl }: OperationModel, baseUrl: string): string {
  if (serverUrl === undefined) return baseUrl;
  const [own, described, actual] = [serverUrl, baseUrlOf(model), baseUrl].map((url) => URL.parse(url)?.origin);
  const isMoved = own !== undefined && own === described && actual !== undefined && actual !== described;
  return isMoved ? actual + serverUrl.slice(own.length) : serverUrl;
}
