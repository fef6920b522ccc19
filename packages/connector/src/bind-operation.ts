import type { ConnectorModel, OperationModel } from '@patchbay/definition';
import { compileBody } from './bind-body.ts';
import { compileForm } from './bind-form.ts';
import { compileHeaders } from './bind-headers.ts';
import { compilePath } from './bind-path.ts';
import { compileQuery } from './bind-query.ts';
import { closestNames } from './closest-names.ts';
import type { BoundRequest, ParameterValues } from './contract.ts';
import { ConnectorError } from './errors.ts';
import { isJsonType } from './json-text.ts';

/** Binds parameter values to a request; throws {@link ConnectorError}s that name the parameter. */
export type Bind = (parameters: ParameterValues) => BoundRequest;

/** Compiles an operation once: how each parameter is written is decided here, a call only writes. */
export function compileBind(model: ConnectorModel, operation: OperationModel, baseUrl: string): Bind {
  const bindPath = compilePath(model, operation);
  const bindQuery = compileQuery(model, operation);
  const bindHeaders = compileHeaders(model, operation, acceptOf(operation));
  const bindBody =
    operation.body === undefined ? compileForm(model, operation) : compileBody(model, operation, operation.body);
  const checkNames = compileNameCheck(operation);
  const method = operation.method.toUpperCase();
  return (given) => {
    checkNames(given);
    const path = bindPath(given);
    const query = bindQuery(given);
    const body = bindBody?.(given);
    const separator = path.includes('?') ? '&' : '?';
    return {
      method,
      url: `${requireBase(baseUrl)}${path}${query === '' ? '' : `${separator}${query}`}`,
      headers: bindHeaders(given, body),
      ...(body !== undefined && { body: body.body }),
    };
  };
}

/** Throws `host-missing` where there is no address to call. */
export function requireBase(baseUrl: string): string {
  if (baseUrl !== '') return baseUrl;
  throw new ConnectorError(
    'host-missing',
    'The definition names no host that can be called. Give it one, or a base URL.',
  );
}

/** Compiles what throws `parameter-unknown` for a name that the operation does not take. */
export function compileNameCheck(operation: OperationModel): (given: ParameterValues) => void {
  const isKnown = compileKnownNames(operation);
  return (given) => {
    for (const name of Object.keys(given)) if (!isKnown(name)) throw unknownParameter(operation, name);
  };
}

function compileKnownNames(operation: OperationModel): (name: string) => boolean {
  const names = new Set(operation.parameters.map((parameter) => parameter.name));
  const { body } = operation;
  if (body === undefined) return (name) => names.has(name);
  const prefix = `${body.name}/`;
  return (name) => names.has(name) || name === body.name || name.startsWith(prefix);
}

function unknownParameter(operation: OperationModel, name: string): ConnectorError {
  const known = [
    ...operation.parameters.map((parameter) => parameter.name),
    ...(operation.body ? [operation.body.name] : []),
  ];
  const close = closestNames(name, known);
  const hint =
    known.length === 0
      ? 'It takes none.'
      : close.length > 0
        ? `Did you mean ${close.join(' or ')}?`
        : `It takes ${known.slice(0, 12).join(', ')}.`;
  return new ConnectorError('parameter-unknown', `The operation has no parameter ${name}. ${hint}`, {
    operationId: operation.operationId,
  });
}

/**
 * The media type that is asked for when the caller names none: what the definition says its own `Accept` parameter takes, else what the
 * operation produces, JSON first.
 */
function acceptOf({ parameters, produces }: OperationModel): string {
  const declared = parameters.find(({ in: place, name }) => place === 'header' && name.toLowerCase() === 'accept');
  if (typeof declared?.default === 'string' && declared.default.trim() !== '') return declared.default.trim();
  const types = (declared?.schema.enum ?? produces).filter((type) => typeof type === 'string');
  return types.find(isJsonType) ?? types[0] ?? 'application/json, */*;q=0.8';
}
