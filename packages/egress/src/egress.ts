import { Agent, type Dispatcher } from 'undici';
import { type AddressRules, compileAddressRules } from './address-rules.ts';
import { checkLiteralHost, guardedLookup, type Resolve, resolveBySystem } from './connector-lookup.ts';
import type { Egress, EgressErrorCode, EgressRequest, EgressResponse, NetworkRules, TlsOptions } from './contract.ts';
import { Deadline } from './deadline.ts';
import { EgressError } from './errors.ts';
import { type Answer, exchange } from './exchange.ts';
import { outgoingHeaders, withoutCredentials } from './headers.ts';
import { nextHop } from './redirect.ts';
import { openResponse } from './response.ts';
import { tlsConnect, tlsKey } from './tls-connect.ts';
import { toEgressError } from './transport-failure.ts';

export type EgressOptions = {
  /** For a whole exchange, headers and body. Default 120 s, as the ecosystem's. */
  readonly timeoutMs?: number;
  /** Default 100 MiB. */
  readonly maxResponseBytes?: number;
  /** Default 64 KiB. */
  readonly maxHeaderBytes?: number;
  /** Default 5. */
  readonly maxRedirects?: number;
  /** Open connections per origin. Default 64. */
  readonly connectionsPerOrigin?: number;
  /** How names become addresses. Default: the system's resolver. */
  readonly resolve?: Resolve;
  /** Told once of each request that was kept in, or not led on: for the log. */
  readonly onRefused?: (refusal: Refusal) => void;
};

/** A request that the rules did not let out, or not let on. */
export type Refusal = {
  readonly code: RefusalCode;
  readonly method: string;
  /** The host that was refused, or that redirected; undefined where the request named none. */
  readonly host: string | undefined;
  /** Holds no credential. */
  readonly message: string;
};

/** The failures that are the doing of these rules; the others are the network's or the peer's. */
export type RefusalCode = Extract<
  EgressErrorCode,
  'url-invalid' | 'header-invalid' | 'address-refused' | 'redirect-refused' | 'too-many-redirects'
>;

const refusalCodes: ReadonlySet<string> = new Set<RefusalCode>([
  'url-invalid',
  'header-invalid',
  'address-refused',
  'redirect-refused',
  'too-many-redirects',
]);

type Limits = Required<Omit<EgressOptions, 'resolve' | 'onRefused'>>;

/**
 * One set of rules with the connections made under it: a pooled connection is only ever used under the rules that checked it, and with
 * the certificate that it was made with.
 */
type Guard = { readonly rules: AddressRules; readonly agent: Agent };

const keptGuards = 64;

/** Makes the one way out. */
export function createEgress(options: EgressOptions = {}): Egress {
  return new GuardedEgress(options);
}

class GuardedEgress implements Egress {
  readonly #limits: Limits;
  readonly #resolve: Resolve;
  readonly #onRefused: (refusal: Refusal) => void;
  readonly #guardsByRules = new WeakMap<NetworkRules, Guard>();
  readonly #guards = new Map<string, Guard>();

  constructor(options: EgressOptions) {
    this.#resolve = options.resolve ?? resolveBySystem;
    this.#onRefused = options.onRefused ?? (() => undefined);
    this.#limits = {
      timeoutMs: options.timeoutMs ?? 120_000,
      maxResponseBytes: options.maxResponseBytes ?? 100 * 1024 * 1024,
      maxHeaderBytes: options.maxHeaderBytes ?? 64 * 1024,
      maxRedirects: options.maxRedirects ?? 5,
      connectionsPerOrigin: options.connectionsPerOrigin ?? 64,
    };
  }

  async send(request: EgressRequest, networkRules: NetworkRules): Promise<EgressResponse> {
    const guard = this.#guardFor(networkRules, request.tls);
    const deadline = new Deadline(request.timeoutMs ?? this.#limits.timeoutMs, request.signal);
    try {
      return await this.#follow(request, guard, deadline, () => this.#guardFor(networkRules));
    } catch (error) {
      deadline.stop();
      throw this.#told(toEgressError(error, request.url, deadline), request);
    }
  }

  #told(error: EgressError, { method }: EgressRequest): EgressError {
    const { code, host, message } = error;
    if (isRefusal(code)) this.#onRefused({ code, method, host, message });
    return error;
  }

  async close(): Promise<void> {
    const guards = [...this.#guards.values()];
    this.#guards.clear();
    await Promise.all(guards.map(({ agent }) => agent.destroy()));
  }

  async #follow(request: EgressRequest, first: Guard, deadline: Deadline, usual: () => Guard): Promise<EgressResponse> {
    let guard = first;
    let url = parseTarget(request.url);
    let method = checkedMethod(request.method, url);
    let body = request.body;
    let headers = outgoingHeaders(request.headers);
    for (let hop = 0; ; hop += 1) {
      checkLiteralHost(url, guard.rules);
      const answer = await exchange(
        guard.agent,
        {
          origin: url.origin,
          path: url.search === '' ? url.pathname : url.pathname + url.search,
          method: method as Dispatcher.HttpMethod,
          headers,
          body: (body as Dispatcher.DispatchOptions['body']) ?? null,
        },
        deadline,
        request.maySend,
      );
      const next = request.redirect === 'manual' ? undefined : nextHop(answer, url, method, body);
      if (next === undefined) {
        return openResponse(
          answer,
          { url: url.href, method, keepsEncoding: request.keepsEncoding === true },
          request.maxResponseBytes ?? this.#limits.maxResponseBytes,
          deadline,
        );
      }
      await discardShort(answer);
      if (hop >= this.#limits.maxRedirects) {
        throw new EgressError(
          'too-many-redirects',
          `${request.url} redirected more than ${this.#limits.maxRedirects} times.`,
        );
      }
      if (next.url.origin !== url.origin) {
        headers = withoutCredentials(headers, request.credentialHeaders ?? []);
        if (request.tls !== undefined) guard = usual();
      }
      if (next.body === undefined) {
        const { 'content-type': _type, 'content-encoding': _encoding, ...rest } = headers;
        headers = rest;
      }
      ({ url, method, body } = next);
    }
  }

  #guardFor(networkRules: NetworkRules, tls?: TlsOptions): Guard {
    const known = tls === undefined ? this.#guardsByRules.get(networkRules) : undefined;
    if (known !== undefined) return known;
    const key = `${networkRules.allow.join('\n')}\n${tlsKey(tls)}`;
    const guard = this.#guards.get(key) ?? this.#createGuard(networkRules, key, tls);
    if (tls === undefined) this.#guardsByRules.set(networkRules, guard);
    return guard;
  }

  #createGuard(networkRules: NetworkRules, key: string, tls: TlsOptions | undefined): Guard {
    const rules = compileAddressRules(networkRules);
    const agent = new Agent({
      connect: { ...tlsConnect(tls), lookup: guardedLookup(rules, this.#resolve), timeout: 30_000 },
      connections: this.#limits.connectionsPerOrigin,
      maxHeaderSize: this.#limits.maxHeaderBytes,
      headersTimeout: 0,
      bodyTimeout: 0,
      pipelining: 1,
    });
    const guard = { rules, agent };
    this.#guards.set(key, guard);
    const [oldest] = this.#guards.keys();
    if (this.#guards.size > keptGuards && oldest !== undefined) this.#guards.delete(oldest);
    return guard;
  }
}

function isRefusal(code: EgressErrorCode): code is RefusalCode {
  return refusalCodes.has(code);
}

/** A redirect's own body is of no use; a short one is read, so that the connection can be used again. */
async function discardShort({ body }: Answer): Promise<void> {
  await body.collect(64 * 1024, () => new Error('too long to be read for nothing')).catch(() => undefined);
}

function checkedMethod(method: string, { hostname }: URL): string {
  if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method)) return method;
  throw new EgressError('url-invalid', `${JSON.stringify(method)} is not a method of HTTP.`, { host: hostname });
}

function parseTarget(text: string): URL {
  const url = URL.parse(text);
  if (url === null) throw new EgressError('url-invalid', `"${text}" is not an absolute URL.`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new EgressError('url-invalid', `${url.protocol} addresses are not called: only http and https.`, {
      host: url.hostname,
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new EgressError(
      'url-invalid',
      `The URL for ${url.hostname} carries user information; put the credential into the connection.`,
      {
        host: url.hostname,
      },
    );
  }
  return url;
}
