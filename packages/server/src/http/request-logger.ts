import type { FastifyBaseLogger } from 'fastify';

type Bindings = Parameters<FastifyBaseLogger['child']>[0];
type Options = Parameters<FastifyBaseLogger['child']>[1];
type Log = FastifyBaseLogger['info'];

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

  get fatal(): Log {
    return this.#bound('fatal');
  }

  get error(): Log {
    return this.#bound('error');
  }

  get warn(): Log {
    return this.#bound('warn');
  }

  get info(): Log {
    return this.#bound('info');
  }

  get debug(): Log {
    return this.#bound('debug');
  }

  get trace(): Log {
    return this.#bound('trace');
  }

  get silent(): Log {
    return this.#bound('silent');
  }

  child(bindings: Bindings, options?: Options): FastifyBaseLogger {
    return this.#own().child(bindings, options);
  }

  #bound(method: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'): Log {
    const own = this.#own();
    return own[method].bind(own);
  }

  #own(): FastifyBaseLogger {
    this.#made ??= this.#parent.child(this.#bindings, this.#options);
    return this.#made;
  }
}
