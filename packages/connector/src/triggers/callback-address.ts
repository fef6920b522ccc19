import type { JsonValue, OperationModel, TriggerModel } from '@patchbay/definition';
import type { Value } from '@patchbay/expression';
import { unflatten } from '../flattened-body.ts';
import { readParameterValues } from '../parameter-values.ts';
import type { TriggerRequest } from './trigger-request.ts';

/** The request with values at places of its body, where the operation says they belong: the callback address, and a secret made for it. */
export function withBodyValues(
  request: TriggerRequest,
  operation: OperationModel,
  values: readonly (readonly [path: readonly string[], value: string])[],
): TriggerRequest {
  if (values.length === 0) return request;
  const escaped = values.map(([path, value]): readonly [string, string] => [path.map(escapeName).join('/'), value]);
  if (request.kind === 'operation') {
    const name = operation.body?.name ?? 'body';
    const added = escaped.map(([path, value]) => [`${name}/${path}`, value]);
    return { ...request, parameters: { ...request.parameters, ...Object.fromEntries(added) } };
  }
  const { body } = request;
  const whole: JsonValue | undefined = body === undefined ? undefined : readParameterValues({ body })['body'];
  // JSON values are values of the expression language as well.
  return { ...request, body: unflatten(whole, escaped) as Value };
}

/** What goes into the body of the request that subscribes. */
export function subscriptionValues(
  trigger: TriggerModel | undefined,
  urlPath: readonly string[] | undefined,
  { callbackUrl, secret }: { readonly callbackUrl: string; readonly secret: string },
): readonly (readonly [readonly string[], string])[] {
  const rule = trigger?.signature?.rule;
  return [
    ...(urlPath === undefined ? [] : [[urlPath, callbackUrl] as const]),
    ...(rule?.secret.kind === 'bodyProperty' ? [[rule.secret.name.split('/'), secret] as const] : []),
  ];
}

function escapeName(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
