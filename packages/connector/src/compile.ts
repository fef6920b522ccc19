import type { ConnectorModel, OperationModel } from '@patchbay/definition';
import { type Bind, compileBind } from './bind-operation.ts';
import { callOperation, explainOperation } from './call-operation.ts';
import { closestNames } from './closest-names.ts';
import type { Connector, Operation } from './contract.ts';
import { ConnectorError } from './errors.ts';
import { forwardRequest } from './forward-request.ts';
import { compileRoutes, type RouteTable } from './route-table.ts';

/** Compiles a model into a connector. Operations are compiled when first used, so large definitions cost what is used of them. */
export function compile(model: ConnectorModel, options: { readonly baseUrl?: string } = {}): Connector {
  const baseUrl = options.baseUrl?.replace(/\/+$/, '') ?? baseUrlOf(model);
  const byId = new Map(model.operations.toReversed().map((operation) => [operation.operationId, operation]));
  const compiled = new Map<string, Operation>();
  let routes: RouteTable | undefined;
  const routeTable = (): RouteTable => {
    routes ??= compileRoutes(model.operations);
    return routes;
  };
  const open = (operation: OperationModel): Operation => {
    const known = compiled.get(operation.operationId);
    if (known !== undefined) return known;
    const created = compileOperation(model, operation, baseUrl);
    compiled.set(operation.operationId, created);
    return created;
  };
  return {
    baseUrl,
    operations: model.operations,
    operation: (operationId) => {
      const operation = byId.get(operationId);
      if (operation !== undefined) return open(operation);
      const close = closestNames(operationId, [...byId.keys()]);
      const hint = close.length === 0 ? '' : ` Did you mean ${close.join(' or ')}?`;
      throw new ConnectorError('operation-not-found', `The connector has no operation ${operationId}.${hint}`);
    },
    match: (method, path) => {
      const operation = routeTable().find(method, path);
      return operation === undefined ? undefined : open(operation);
    },
    forward: (request, callOptions) => forwardRequest(baseUrl, routeTable(), request, callOptions),
  };
}

function compileOperation(model: ConnectorModel, operation: OperationModel, baseUrl: string): Operation {
  let compiled: Bind | undefined;
  const bind: Bind = (parameters) => {
    compiled ??= compileBind(model, operation, baseUrl);
    return compiled(parameters);
  };
  return {
    model: operation,
    bind,
    call: (parameters, options) => callOperation(operation, bind, parameters, options),
    explain: (parameters, options) => explainOperation(operation, bind, parameters, options),
  };
}

/** The scheme that the definition prefers; nothing when it names no host, or one that only an environment can fill in. */
function baseUrlOf({ server }: ConnectorModel): string {
  if (server.host === '' || !/^[\w.[\]:-]+$/.test(server.host)) return '';
  const scheme = server.schemes.includes('https') ? 'https' : 'http';
  return `${scheme}://${server.host}${server.basePath}`;
}
