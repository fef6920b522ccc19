import type { Egress, EgressResponse, NetworkRules, TlsOptions } from '@patchbay/egress';
import { type CallUnderWay, callDefaults, type FurtherRequest, type OwnRequest } from './call-under-way.ts';

type Headers = { readonly [name: string]: string };

/** A request without a connector, ready to go out. */
export type HttpRequest = {
  /** Upper case. */
  readonly method: string;
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Headers;
  readonly body: Uint8Array | undefined;
  readonly credentialHeaders: readonly string[];
};

export type HttpWay = {
  readonly egress: Egress;
  readonly networkRules: NetworkRules;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly maySend?: (() => boolean) | undefined;
  /** Shown at the call's own origin. */
  readonly tls: TlsOptions | undefined;
  /** Answers stay encoded as they come. */
  readonly keepsEncoding: boolean;
};

/** A call of a flow's own, without a connector: what authenticates it stays at its origin. */
export class HttpCall implements CallUnderWay {
  readonly request: HttpRequest;
  readonly maxResponseBytes = callDefaults.maxResponseBytes;
  readonly #way: HttpWay;

  constructor(request: HttpRequest, way: HttpWay) {
    this.request = request;
    this.#way = way;
  }

  get timeoutMs(): number {
    return this.#way.timeoutMs;
  }

  get signal(): AbortSignal {
    return this.#way.signal;
  }

  send({ headers: more, isBodyless = false }: OwnRequest): Promise<EgressResponse> {
    const { method, url, headers, body } = this.request;
    const own = isBodyless ? without(headers, (name) => name.startsWith('content-')) : headers;
    return this.#transmit(method, url, { ...own, ...more }, isBodyless ? undefined : body, true);
  }

  sendTo(url: string, { method, headers, body }: FurtherRequest): Promise<EgressResponse> {
    const isOwn = new URL(url).origin === new URL(this.request.url).origin;
    const ofTheRequest = /^(content-.*|range|if-.*|idempotency-key)$/;
    const carried = isOwn ? without(this.request.headers, (name) => ofTheRequest.test(name)) : {};
    return this.#transmit(method, url, { ...carried, ...headers }, body, isOwn);
  }

  #transmit(
    method: string,
    url: string,
    headers: Headers,
    body: Uint8Array | undefined,
    isOwn: boolean,
  ): Promise<EgressResponse> {
    const { egress, networkRules, timeoutMs, signal, maySend, tls, keepsEncoding } = this.#way;
    const { credentialHeaders } = this.request;
    const shown = { ...(isOwn && tls !== undefined && { tls }), ...(maySend !== undefined && { maySend }) };
    const request = { method, url, headers, credentialHeaders, timeoutMs, signal, keepsEncoding, ...shown };
    return egress.send(body === undefined ? request : { ...request, body }, networkRules);
  }
}

function without(headers: Headers, isLeft: (name: string) => boolean): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isLeft(name)));
}
