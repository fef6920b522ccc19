import { type BoundRequest, compile } from '@patchbay/connector';
import type { ConnectorModel } from '@patchbay/definition';
import { generateArguments } from './generate-arguments.ts';

/** Where the operations of a model go that names no address that can be called. */
const baseUrl = 'https://example.com';

export type BoundOperation = {
  readonly operationId: string;
  /** The requests with the required arguments and with all of them, as comparable text. */
  readonly requests: readonly string[];
  /** Why it could not be bound. */
  readonly problem?: string;
};

/**
 * Compiles a model and binds every operation twice with generated arguments: the required ones, and all. `source` is the model whose
 * operations the arguments are made for.
 */
export function bindOperations(model: ConnectorModel, source = model): readonly BoundOperation[] {
  const given = new Map(source.operations.toReversed().map((operation) => [operation.operationId, operation]));
  const described = compile(model);
  const connector = described.baseUrl === '' ? compile(model, { baseUrl }) : described;
  return model.operations.map((operation): BoundOperation => {
    const { operationId } = operation;
    try {
      const requests = [false, true].map((all) =>
        requestText(
          connector.operation(operationId).bind(generateArguments(source, given.get(operationId) ?? operation, all)),
        ),
      );
      return { operationId, requests };
    } catch (error) {
      return { operationId, requests: [], problem: error instanceof Error ? error.message : String(error) };
    }
  });
}

/** A request as comparable text; the boundary of a form is drawn anew for each. */
export function requestText({ body, ...head }: BoundRequest): string {
  const content = typeof body === 'string' || body === undefined ? body : Buffer.from(body).toString('latin1');
  return JSON.stringify({ ...head, body: content }).replaceAll(/patchbay-[0-9a-f]{36}/g, 'boundary');
}
