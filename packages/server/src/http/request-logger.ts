import type { FastifyBaseLogger } from 'fastify';

type Bindings = Parameters<FastifyBaseLogger['child']>[0];
type Options = Parameters<FastifyBaseLogger['child']>[1];
type Method = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** A request's logger, made when something is logged: most requests log nothing. */
export class RequestLogger implements FastifyBaseLogger {
  readonly #parent: FastifyBaseLogger;
  readonly #bindings: Bindings;
  readonly #options: Options;
  #made: FastifyBaseLogger | undefined;

  constructor(parent: FastifyBaseLogger, bindings: Bindings, options: Options) {
    this.#parent = parent;
    this.#bindings = bindings;
    this.#options = options;
  }

  get level(): FastifyBaseLogger['level'] {
    return this.#parent.level;
  }

  fatal(...given: readonly unknown[]): void {
    this.#log('fatal', given);
  }

  error(...given: readonly unknown[]): void {
    this.#log('error', given);
  }

  warn(...given: readonly unknown[]): void {
    this.#log('warn', given);
  }

  info(...given: readonly unknown[]): void {
    this.#log('info', given);
  }

  debug(...given: readonly unknown[]): void {
    this.#log('debug', given);
  }

  trace(...given: readonly unknown[]): void {
    this.#log('trace', given);
  }

  silent(...given: readonly unknown[]): void {
    this.#log('silent', given);
  }

  child(bindings: Bindings, options?: Options): FastifyBaseLogger {
    return this.#own().child(bindings, options);
  }

  #log(method: Method, given: readonly unknown[]): void {
    const own = this.#own();
    Reflect.apply(own[method], own, given);
  }

  #own(): FastifyBaseLogger {
    this.#made ??= this.#parent.child(this.#bindings, this.#options);
    return this.#made;
  }
}
