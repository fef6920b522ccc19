import type { ConnectorModel, JsonValue } from '@patchbay/definition';
import { PlatformError } from '../../errors/platform-error.ts';
import { memberOf, textOf } from '../../services/flow-document.ts';

/** The operation that a connection is tested with: the definition's own, else the first GET that needs nothing. */
export function chooseTestOperation(model: ConnectorModel): string {
  const capability: JsonValue | undefined = model.extensions['x-ms-capabilities'];
  const named = textOf(memberOf(memberOf(capability, 'testConnection'), 'operationId'));
  if (named !== undefined && model.operations.some((operation) => operation.operationId === named)) return named;
  const simple = model.operations.find(
    ({ method, trigger, parameters, body }) =>
      method === 'get' &&
      trigger === undefined &&
      body?.required !== true &&
      parameters.every((parameter) => !parameter.required || parameter.default !== undefined),
  );
  if (simple !== undefined) return simple.operationId;
  throw new PlatformError(
    'OperationNotChosen',
    'No operation of this connector can be called without parameters. Choose one and give its parameters.',
  );
}
