import type { JsonValue, Value } from '@patchbay/expression';
import type { InvokedConnection } from './flow-source.ts';
import type { RunPlace } from './run-record.ts';

/** A call through a connection. */
export type ConnectorInvocation =
  | {
      readonly kind: 'operation';
      readonly connection: InvokedConnection;
      readonly operationId: string;
      /** Flat, as the definition gives them: `{"id": 1, "body/name": "x"}`. */
      readonly parameters: { readonly [name: string]: Value };
      /** Further pages are asked until there are this many items; the first page only when absent. */
      readonly minimumItemCount?: number;
      readonly contentTransfer?: ContentTransfer;
    }
  | {
      readonly kind: 'connection-request';
      readonly connection: InvokedConnection;
      /** As of an operation. */
      readonly minimumItemCount?: number;
      readonly contentTransfer?: ContentTransfer;
      readonly method: string;
      /** Below the connection, as ApiConnection gives it: already encoded. */
      readonly path: string;
      readonly queries: { readonly [name: string]: Value };
      readonly headers: { readonly [name: string]: Value };
      readonly body?: Value;
    };

/** A call that leaves the engine. */
export type Invocation =
  | ConnectorInvocation
  /** Asks an API to call an address back. The result says by `subscription` how that is given back. */
  | {
      readonly kind: 'subscribe';
      readonly connection: InvokedConnection;
      readonly call: ConnectorInvocation;
      readonly callbackUrl: string;
    }
  | { readonly kind: 'unsubscribe'; readonly connection: InvokedConnection; readonly subscription: JsonValue }
  | {
      readonly kind: 'http';
      readonly method: string;
      readonly uri: string;
      readonly queries: { readonly [name: string]: Value };
      readonly headers: { readonly [name: string]: Value };
      readonly body?: Value;
      readonly authentication?: Value;
      /** The `Cookie` header field, which `headers` does not set. */
      readonly cookie?: string;
      /** As of an operation, of an API that says itself where the next page is. */
      readonly minimumItemCount?: number;
      readonly contentTransfer?: ContentTransfer;
      /** The answer's body stays encoded as it came. */
      readonly keepsEncoding?: boolean;
      /** The address is not told who asks (`trackingHeaders`). */
      readonly isUntracked?: boolean;
    }
  /** Asks for the answer of a connector's call that was answered with 202. */
  | {
      readonly kind: 'poll';
      readonly of: ConnectorInvocation;
      /** The `location` of the answer before. */
      readonly location: string;
    };

/** `runtimeConfiguration.contentTransfer` of an action: bodies in chunks, where the other side knows how. */
export type ContentTransfer = {
  /** No more than so many bytes in one request; what the other side suggests when absent. */
  readonly uploadChunkBytes?: number;
  /** Asks for so many bytes at a time; what the other side gives when absent. */
  readonly downloadChunkBytes?: number;
};

export type InvocationContext = {
  readonly environmentId: string;
  readonly flowId: string;
  readonly flowRevision: number;
  readonly runId: string;
  readonly action: string;
  readonly iteration: string;
  readonly attempt: number;
  readonly actionTrackingId: string;
  readonly clientTrackingId: string;
  /** The same for every attempt of one action in one iteration. */
  readonly idempotencyKey: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Of what must not be done twice: asked right before a request leaves; `false`: it must not, for the run may be another process's. */
  readonly maySend?: () => boolean;
};

/** An HTTP answer of any status; the engine decides what it means. */
export type InvocationResult = {
  readonly statusCode: number;
  /** Lower-case names. The `location` of a poll's answer is absolute. */
  readonly headers: { readonly [name: string]: string };
  readonly body: Value;
  /** Of `subscribe`: what `unsubscribe` is to be given. */
  readonly subscription?: JsonValue;
};

/** Makes calls. Throws `InvocationError` (code, message, retryable) when there was no answer to give. */
export interface Invoker {
  invoke(invocation: Invocation, context: InvocationContext): Promise<InvocationResult>;
  /** `safe`: repeating it has no effect beyond the first (GET, HEAD, OPTIONS…, RFC 9110 §9.2.1); `unsafe`: an intent is recorded first. */
  effect(invocation: Invocation): 'safe' | 'unsafe';
}

/** The addresses at which webhook actions are called back. */
export interface CallbackAddresses {
  /** Gets ready for the runs of a flow; what it answers makes the address of an action that waits, the same one whenever it is asked. */
  open(flowId: string): Promise<(place: RunPlace) => string>;
}
