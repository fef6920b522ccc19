import type { JsonObject, JsonValue } from '@patchbay/definition';
import type { RequestMessage, ResponseMessage } from './message.ts';

/** What a policy may know of the call it acts on. */
export type PolicyContext = {
  /** The request as it stands, or for an answer, as it was sent. */
  readonly request: RequestMessage;
  /** The method that the caller used. */
  readonly originalMethod: string;
  /** Path parameters by name, percent-encoded as they stand in the path. */
  readonly pathValues: ReadonlyMap<string, string>;
  readonly connectionParameters: JsonObject;
  /** Makes another call of the same connection; answers with its body decoded. */
  readonly send: (request: RequestMessage) => Promise<ResponseMessage>;
  /** Where callers reach the connection, for links in answers; absent where there is no such place. */
  readonly runtimeUrl?: string;
  /** Tells that the API does not accept the connection's credential any more. */
  readonly onUnauthenticated?: () => void;
};

/** What a compiled policy does. */
export type PolicyEffect =
  | {
      readonly on: 'request';
      readonly needsBody: boolean;
      readonly apply: (message: RequestMessage, context: PolicyContext) => RequestMessage | Promise<RequestMessage>;
    }
  | { readonly on: 'response'; readonly apply: (message: ResponseMessage, context: PolicyContext) => ResponseMessage }
  /** Acts on a body, whichever side it is on. */
  | { readonly on: 'body'; readonly apply: (body: JsonValue, context: PolicyContext) => JsonValue }
  /** Acts on neither: it says how a trigger polls. */
  | { readonly on: 'trigger' };

/** Compiles the values of an instance, which were checked against the template's table. */
export type PolicyTemplate = {
  readonly templateId: string;
  readonly compile: (values: PolicyValues, section: 'request' | 'response' | 'failure') => PolicyEffect;
};

/** The values of an instance by parameter name. */
export class PolicyValues {
  readonly #values: ReadonlyMap<string, JsonValue>;

  constructor(values: ReadonlyMap<string, JsonValue>) {
    this.#values = values;
  }

  get(name: string): JsonValue | undefined {
    return this.#values.get(name);
  }

  text(name: string, fallback = ''): string {
    const value = this.#values.get(name);
    return value === undefined || value === null ? fallback : String(value);
  }
}
