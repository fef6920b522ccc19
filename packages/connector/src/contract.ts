import type { Credential } from '@patchbay/credential';
import type { JsonValue, OperationModel } from '@patchbay/definition';
import type { Egress, EgressResponse, NetworkRules } from '@patchbay/egress';
import type { ForwardedRequest } from './forward-request.ts';
import type { ContentTransfer } from './transfer/content-transfer.ts';

/** Values by parameter name: `{"id": 1, "body": {...}}` or flattened, `{"body/name": "x"}`; a file is `{"$content-type","$content"}`. */
export type ParameterValues = { readonly [name: string]: JsonValue };

/** A request that is bound but not yet authenticated: safe to show, log and keep. */
export type BoundRequest = {
  /** Upper case. */
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string | Uint8Array;
};

export type TraceStep = {
  /** By which the call can be replayed from it: `bind`, `policy Set header`, and `policy Set header #2` where names repeat. */
  readonly id: string;
  readonly step: 'bind' | 'policy' | 'script' | 'authenticate' | 'transport' | 'result';
  readonly name?: string;
  readonly before: JsonValue;
  readonly after: JsonValue;
  /** The after is what a person wrote in its place. */
  readonly edited?: true;
};

/** A call made again from one of its steps on. */
export type Replay = {
  /** The step's id. */
  readonly from: string;
  /**
   * What stands in the place of its `after`: a request `{"method","url","headers","body"}` or, from the transport on, an answer
   * `{"statusCode","headers","body"}`. Secrets that were shown as `***` and left so are put back where they stood.
   */
  readonly value: JsonValue;
};

export type ExplainOptions = CallOptions & {
  /** Whether the request goes out. One whose answer is replaced (from `transport` or `result`) does not. */
  readonly send: boolean;
  readonly showSecrets?: boolean;
  /** Its request goes where the call went without it, or to another operation of the connector; renews no token, sets no status. */
  readonly replay?: Replay;
};

/** What an operation answered: the body decoded by its media type (reference: workflow definition language, content types). */
export type OperationResult = {
  readonly statusCode: number;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string };
  /** JSON → the value; text → a string; anything else → `{"$content-type","$content"}`; nothing → `null`. */
  readonly body: JsonValue;
};

export type CallOptions = {
  readonly credential: Credential;
  /** What the connection holds, secrets too: policies put it where an API wants it. */
  readonly connectionParameters?: { readonly [name: string]: JsonValue };
  /**
   * Told when the API takes the credential no more; answers one to repeat the call with, or nothing when there is none. Where there is
   * no answer the API's own is the result.
   */
  readonly renewCredential?: (refused: Credential) => Promise<Credential | undefined>;
  /** Certificate authorities in PEM that are trusted besides the usual. */
  readonly certificateAuthorities?: string;
  readonly egress: Egress;
  readonly networkRules: NetworkRules;
  readonly timeoutMs?: number;
  readonly maxResponseBytes?: number;
  readonly signal?: AbortSignal;
  /** As {@link EgressRequest.maySend}, of every request of the call. */
  readonly maySend?: () => boolean;
  /** Where callers reach the connection, e.g. `https://host/apim/name/connection`: links in answers are led through it. */
  readonly runtimeUrl?: string;
  /** Told when a policy finds that the API refuses the connection's credential. */
  readonly onUnauthenticated?: () => void;
  /** Told of a call that was not made because a value of it, or a policy, would have left the operation's path: for the log. */
  readonly onPathRefused?: (refusal: { readonly message: string }) => void;
  /**
   * Of an operation that pages: follow its pages until there are this many items, and answer with all of them in one body. Only the
   * first page when absent, and of operations that do not page or are no GET.
   */
  readonly minimumItemCount?: number;
  /**
   * The body goes out, or the answer comes, in chunks, where the operation declares `chunkTransfer`. In one piece when absent; an answer
   * that says it is the first part of a whole is made whole in any case.
   */
  readonly contentTransfer?: ContentTransfer;
  /**
   * A 202 with a `Location` is the answer. When absent, the Location is asked until there is another answer, within the time of the call:
   * `timeoutMs`, 120 s when that is absent. A raw request that is passed on has the API's first answer in any case.
   */
  readonly disableAsyncPattern?: boolean;
  /** Extra headers of the caller's own, e.g. an idempotency key; never override the operation's. */
  readonly headers?: { readonly [name: string]: string };
};

/** A compiled connector: immutable, shared by every call of its revision. */
export interface Connector {
  readonly baseUrl: string;
  readonly operations: readonly OperationModel[];
  /** Throws `ConnectorError` `operation-not-found`. */
  operation(operationId: string): Operation;
  /** The operation that a method and a path below the base path belong to, if any: literal segments before templated ones. */
  match(method: string, path: string): Operation | undefined;
  /** Passes a caller's raw request on with the connection's credential; bodies are streamed. Throws `ConnectorError`, `EgressError`. */
  forward(request: ForwardedRequest, options: CallOptions): Promise<EgressResponse>;
  /**
   * The same for who holds both bodies whole: a body goes out in chunks where that is asked for, an answer that comes in parts is made
   * one. Throws also what {@link Operation.call} does of transfers.
   */
  exchange(request: ForwardedRequest, options: CallOptions): Promise<EgressResponse>;
  /** Asks for the answer of such a request that was answered with 202, at the `Location` that came with it. */
  poll(request: ForwardedRequest, location: string, options: CallOptions): Promise<EgressResponse>;
  /** The same to a path that the API itself gave: it need not be an operation's, and what acts on every operation acts on it. */
  follow(request: ForwardedRequest & { readonly baseUrl?: string }, options: CallOptions): Promise<EgressResponse>;
}

/** A compiled operation. */
export interface Operation {
  readonly model: OperationModel;
  /** Throws `ConnectorError` (`parameter-missing`, `parameter-invalid`, `path-escapes`…) naming the parameter. */
  bind(parameters: ParameterValues): BoundRequest;
  /** Throws `ConnectorError`: those of {@link bind}, `transport-failed`, `transfer-failed`, `answer-pending`, `location-refused`… */
  call(parameters: ParameterValues, options: CallOptions): Promise<OperationResult>;
  /**
   * Asks for the answer of a call that was answered with 202, at the `Location` that came with it: one request with the connection's
   * credential, or without it on another host. Answers with another 202, its `location` absolute, while there is none.
   */
  poll(parameters: ParameterValues, location: string, options: CallOptions): Promise<OperationResult>;
  /**
   * The pages of its answer, each asked when it is taken, bounded in number and items; one page of an operation that does not page.
   * A next page is only asked of the host that answered, below the connector's base: another link throws `page-refused`.
   */
  pages(parameters: ParameterValues, options: CallOptions): AsyncIterable<OperationResult>;
  /**
   * The same call with every step recorded, secrets redacted. With `send: false` nothing is sent, and there is a result only of a replay
   * that begins with an answer. Throws `replay-invalid` for a step that there is not, or a value that cannot stand in its place.
   */
  explain(parameters: ParameterValues, options: ExplainOptions): Promise<Explanation>;
}

export type Explanation = {
  /** As bound: neither credential nor policies have acted on it. */
  readonly request: BoundRequest;
  /** As it goes out, secrets redacted unless asked for; absent when it did not come so far. */
  readonly sent?: BoundRequest;
  readonly trace: readonly TraceStep[];
  readonly result?: OperationResult;
  /** The failure the call ended in, already redacted; `result` is absent then. */
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly step: TraceStep['step'];
    /** The policy that failed. */
    readonly policy?: string;
  };
  /** Of a failure, and of an answer that says that something is wrong. */
  readonly diagnosis?: Diagnosis;
};

/** Where a call went wrong, and what is likely to help. */
export type Diagnosis = {
  readonly step: TraceStep['step'];
  readonly policy?: string;
  /** The API's own words, where it said something: a line. */
  readonly said?: string;
  readonly fix: string;
};
