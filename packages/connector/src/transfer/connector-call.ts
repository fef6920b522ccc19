import type { EgressResponse } from '@patchbay/egress';
import type { CallOptions } from '../contract.ts';
import { ConnectorError } from '../errors.ts';
import type { Observe } from '../explain/observe.ts';
import { escapesPath } from '../path-template.ts';
import { decodeQuery, parseQuery, type QueryPair } from '../policies/message.ts';
import { baseOfSent, isBelow } from '../sent-base.ts';
import type { ExpiryRules } from '../sign-in/expiry-rules.ts';
import { withRenewal } from '../sign-in/with-renewal.ts';
import { type Outgoing, transmit } from '../transmit.ts';
import { type CallUnderWay, callDefaults, type FurtherRequest, type OwnRequest } from './call-under-way.ts';
import { shownAddress } from './locate.ts';

type Headers = { readonly [name: string]: string };

/** A request with its credential on it and its policies done. */
export type PreparedRequest = {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Headers;
    readonly body?: NonNullable<Outgoing['body']>;
  };
  readonly credentialHeaders: readonly string[];
};

export type CallSource<Prepared extends PreparedRequest> = {
  /** Before the credential and the policies. */
  readonly plain: { readonly url: string; readonly headers: Headers };
  /** Where the operation lives. */
  readonly baseUrl: string;
  readonly prepare: (options: CallOptions) => Promise<Prepared>;
  readonly expiryRules: ExpiryRules;
  readonly redirect: 'follow' | 'manual';
  readonly observe: Observe;
};

/** Begins a connector's call: its request is made ready, and nothing is sent yet. */
export async function beginCall<Prepared extends PreparedRequest>(
  source: CallSource<Prepared>,
  options: CallOptions,
): Promise<ConnectorCall<Prepared>> {
  return new ConnectorCall(source, options, await source.prepare(options));
}

/** A call through a connection: every request of it carries the credential, renewed when the API takes it no more. */
export class ConnectorCall<Prepared extends PreparedRequest> implements CallUnderWay {
  readonly #source: CallSource<Prepared>;
  #options: CallOptions;
  #prepared: Prepared;

  constructor(source: CallSource<Prepared>, options: CallOptions, prepared: Prepared) {
    this.#source = source;
    this.#options = options;
    this.#prepared = prepared;
  }

  /** The request with the credential as it is by now. */
  get prepared(): Prepared {
    return this.#prepared;
  }

  get request(): CallUnderWay['request'] {
    const { method, headers, body } = this.#prepared.request;
    return {
      method,
      headers: lowerCased(headers),
      body: typeof body === 'string' ? Buffer.from(body) : body instanceof Uint8Array ? body : undefined,
    };
  }

  get maxResponseBytes(): number {
    return this.#options.maxResponseBytes ?? callDefaults.maxResponseBytes;
  }

  get timeoutMs(): number {
    return this.#options.timeoutMs ?? callDefaults.timeoutMs;
  }

  get signal(): AbortSignal | undefined {
    return this.#options.signal;
  }

  async send({ headers: more, isBodyless = false, name }: OwnRequest): Promise<EgressResponse> {
    const response = await this.#renewing((options, { request, credentialHeaders }) => {
      const { method, url, body } = request;
      const own = isBodyless ? withoutContent(request.headers) : request.headers;
      const headers = { ...options.headers, ...own, ...more };
      const isSent = body !== undefined && !isBodyless;
      const { redirect } = this.#source;
      return transmit({ method, url, headers, credentialHeaders, redirect, ...(isSent && { body }) }, options);
    });
    if (name !== undefined) this.#observe(name, this.#prepared.request, response);
    return response;
  }

  async sendTo(url: string, { method, headers, body, timeoutMs, name }: FurtherRequest): Promise<EgressResponse> {
    const sendWith = (options: CallOptions, target: Omit<Outgoing, 'method' | 'body'>): Promise<EgressResponse> =>
      transmit(
        { ...target, headers: { ...target.headers, ...headers }, method, ...(body !== undefined && { body }) },
        timeoutMs === undefined ? options : { ...options, timeoutMs },
      );
    const response = this.#isOwn(url)
      ? await this.#renewing((options, prepared) => sendWith(options, this.#carriedTo(url, prepared)))
      : await sendWith({ ...this.#options, credential: { kind: 'none' } }, { url, headers: {} });
    this.#observe(name, { method, url }, response);
    return response;
  }

  /** Below the place that the call was sent to, the credential goes along. Throws for the rest of that host, which is not the connector's. */
  #isOwn(url: string): boolean {
    const { baseUrl, plain } = this.#source;
    const sent = this.#prepared.request.url;
    const path = plain.url.startsWith(baseUrl) ? (plain.url.slice(baseUrl.length).split('?', 1)[0] ?? '') : '';
    const base = [baseUrl, baseOfSent(baseUrl, { url: sent, path })].find((one) => isBelow(url, one));
    if (base !== undefined && !escapesPath(shownAddress(url.slice(base.length)))) return true;
    const [target, here] = [new URL(url), new URL(sent)];
    if (
      base !== undefined ||
      target.host === here.host ||
      (here.protocol === 'https:' && target.protocol === 'http:')
    ) {
      throw new ConnectorError(
        'location-refused',
        `The API answered with the Location ${shownAddress(url)}, which is not below ${baseUrl}: the connection’s credential does not go there.`,
      );
    }
    return false;
  }

  /** What the credential and the policies put on the call's request, put on another. */
  #carriedTo(location: string, { request, credentialHeaders }: Prepared): Omit<Outgoing, 'method' | 'body'> {
    const { plain } = this.#source;
    const before = lowerCased(plain.headers);
    const headers = Object.entries(lowerCased(request.headers)).filter(
      ([name, value]) => alwaysCarried.test(name) || (before[name] !== value && !/^(content-|range$|if-)/.test(name)),
    );
    const known = new Set(queryOf(plain.url).map(({ pair }) => pair));
    const added = queryOf(request.url).filter(({ pair }) => !known.has(pair));
    return { url: withPairs(location, added), headers: Object.fromEntries(headers), credentialHeaders };
  }

  async #renewing(
    send: (options: CallOptions, prepared: Prepared) => Promise<EgressResponse>,
  ): Promise<EgressResponse> {
    const { expiryRules: rules, prepare } = this.#source;
    const { response } = await withRenewal(
      this.#options,
      { rules, isRepeatable: !isStream(this.#prepared.request.body) },
      async (current) => {
        if (current !== this.#options) {
          this.#prepared = await prepare(current);
          this.#options = { ...this.#options, credential: current.credential };
        }
        return { response: await send(current, this.#prepared) };
      },
    );
    return response;
  }

  #observe(
    name: string,
    { method, url }: { readonly method: string; readonly url: string },
    { status, headers }: EgressResponse,
  ): void {
    this.#source.observe(
      'transport',
      () => ({ method, url: shownAddress(url) }),
      () => ({ statusCode: status, headers }),
      name,
    );
  }
}

const alwaysCarried = /^(accept|accept-language|user-agent)$/;

function isStream(body: Outgoing['body']): boolean {
  return typeof body === 'object' && !(body instanceof Uint8Array);
}

function lowerCased(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function withoutContent(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^content-/i.test(name)));
}

function queryOf(url: string): readonly QueryPair[] {
  const mark = url.indexOf('?');
  return mark === -1 ? [] : parseQuery(url.slice(mark + 1));
}

/** Pairs in place of those of the same names. */
function withPairs(url: string, added: readonly QueryPair[]): string {
  if (added.length === 0) return url;
  const names = new Set(added.map(({ name }) => name));
  const kept = queryOf(url).filter(({ pair }) => !names.has(decodeQuery(pair.split('=', 1)[0] ?? '')));
  return `${shownAddress(url)}?${[...kept, ...added].map(({ pair }) => pair).join('&')}`;
}
