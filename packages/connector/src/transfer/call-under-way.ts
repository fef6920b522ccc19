import type { EgressResponse } from '@patchbay/egress';

/** One request more of a call, to an address that its API gave. */
export type FurtherRequest = {
  readonly method: 'GET' | 'PATCH';
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string };
  readonly body?: Uint8Array;
  readonly timeoutMs?: number;
  /** What a trace calls it. */
  readonly name: string;
};

/** A change of the call's own request. */
export type OwnRequest = {
  /** Lower-case names; besides the request's. */
  readonly headers: { readonly [name: string]: string };
  /** Without the body, and what headers say of it. */
  readonly isBodyless?: boolean;
  /** What a trace calls it; the call's answer when absent. */
  readonly name?: string;
};

/** A call whose request is ready: it can be sent, sent again, and gone on with elsewhere. */
export interface CallUnderWay {
  /** As it goes out; names of headers in lower case. */
  readonly request: {
    readonly method: string;
    readonly headers: { readonly [name: string]: string };
    readonly body: Uint8Array | undefined;
  };
  readonly maxResponseBytes: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** Sends the call's own request. */
  send(own: OwnRequest): Promise<EgressResponse>;
  /**
   * Sends a further request of the call to an absolute address: with the credential at the call's own place, without it elsewhere. Throws
   * `ConnectorError` `location-refused`.
   */
  sendTo(url: string, further: FurtherRequest): Promise<EgressResponse>;
}

/** As the ecosystem's (reference: Logic Apps limits): the time of one outbound call, and the size of one message. */
export const callDefaults = { timeoutMs: 120_000, maxResponseBytes: 100 * 1024 * 1024 };
