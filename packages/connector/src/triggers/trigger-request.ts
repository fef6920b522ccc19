import type { JsonValue, OperationModel } from '@patchbay/definition';
import type { Value } from '@patchbay/expression';
import { type ConnectionRequest, toForwardedRequest } from '../connection-request.ts';
import type { CallOptions, Connector } from '../contract.ts';
import { decodeBody } from '../decode-result.ts';
import { ConnectorError } from '../errors.ts';
import { readParameterValues } from '../parameter-values.ts';

/** What a flow's trigger asks of its connector: an operation with flat parameters, or a request below the connection. */
export type TriggerRequest =
  | {
      readonly kind: 'operation';
      readonly operationId: string;
      readonly parameters: { readonly [name: string]: Value };
    }
  | (ConnectionRequest & { readonly kind: 'connection-request' });

export type TriggerAnswer = {
  readonly statusCode: number;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string };
  readonly body: JsonValue;
  /** Where the request went, policies applied: what a relative Location is relative to. */
  readonly sentUrl: string;
};

/** The operation that a request belongs to, if the definition has it. */
export function operationOf(connector: Connector, request: TriggerRequest): OperationModel | undefined {
  if (request.kind === 'operation') return connector.operation(request.operationId).model;
  const path = request.path.split(/[?#]/, 1)[0] ?? '';
  return connector.match(request.method, path.startsWith('/') ? path : `/${path}`)?.model;
}

/** Makes a trigger's request. Throws `ConnectorError` and `EgressError`. */
export async function sendTriggerRequest(
  connector: Connector,
  request: TriggerRequest,
  options: CallOptions,
): Promise<TriggerAnswer> {
  const watched = watchAddress(options);
  if (request.kind === 'operation') {
    const operation = connector.operation(request.operationId);
    const answer = await operation.call(readParameterValues(request.parameters), {
      ...watched.options,
      // What a trigger's API answers at first is what counts: a 202 says that nothing is there yet, or that it will call.
      disableAsyncPattern: true,
    });
    return { ...answer, sentUrl: watched.sentUrl() };
  }
  const response = await connector.forward(toForwardedRequest(request), watched.options);
  return { ...(await readAnswer(response)), sentUrl: watched.sentUrl() };
}

type Readable = {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly bytes: () => Promise<Uint8Array>;
};

export async function readAnswer(response: Readable): Promise<Omit<TriggerAnswer, 'sentUrl'>> {
  const { status: statusCode, headers } = response;
  const bytes = await response.bytes();
  const contentType = headers['content-type'] ?? '';
  try {
    return { statusCode, headers, body: decodeBody(contentType, bytes) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (statusCode >= 400) return { statusCode, headers, body: new TextDecoder().decode(bytes) };
    throw new ConnectorError(
      'response-not-json',
      `The API answered ${statusCode} with ${contentType} that is not JSON.`,
      {
        cause: error,
      },
    );
  }
}

/** The same options, noting where the last request went. */
export function watchAddress(options: CallOptions): { readonly options: CallOptions; readonly sentUrl: () => string } {
  let url = '';
  const { egress } = options;
  return {
    options: {
      ...options,
      egress: {
        send: (request, rules) => {
          url = request.url;
          return egress.send(request, rules);
        },
        close: () => egress.close(),
      },
    },
    sentUrl: () => url,
  };
}
