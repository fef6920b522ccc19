import type { JsonValue } from '@patchbay/definition';
import { type Egress, EgressError, type EgressRequest, type EgressResponse } from '@patchbay/egress';
import { networkRules } from '../outbound.ts';
import { CommandError, type Terminal } from '../terminal.ts';
import { ServerError } from './server-error.ts';
import { readSession, type Session, writeSession } from './session-file.ts';
import { refreshSession } from './sign-in.ts';

const refreshBeforeExpiryMs = 30_000;

/** Which server a command speaks to: `--server`, `PATCHBAY_URL`, the signed-in one, or the local default. */
export async function chooseServer(terminal: Terminal, option: string | undefined): Promise<string> {
  const chosen = option ?? terminal.environment['PATCHBAY_URL'] ?? (await readSession(terminal))?.server;
  const text = chosen ?? 'http://127.0.0.1:4310';
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new CommandError(2, `"${text}" is not the address of a server. Give one such as http://127.0.0.1:4310.`);
  }
  return new URL(text).origin;
}

/** Speaks to a server with the signed-in session, or `PATCHBAY_TOKEN`. */
export class ServerClient {
  readonly #terminal: Terminal;
  readonly #egress: Egress;
  readonly server: string;

  constructor(terminal: Terminal, egress: Egress, server: string) {
    this.#terminal = terminal;
    this.#egress = egress;
    this.server = server;
  }

  async get(path: string): Promise<JsonValue> {
    return this.#request('GET', path);
  }

  async send(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<JsonValue> {
    return this.#request(method, path, body);
  }

  /** Sends, and answers the header fields of what comes back, by lower-case name. */
  async sendFor(
    method: 'POST' | 'PUT',
    path: string,
    { body, headers }: { readonly body?: unknown; readonly headers?: { readonly [name: string]: string } },
  ): Promise<{ readonly value: JsonValue; readonly headers: EgressResponse['headers'] }> {
    return this.#exchange(method, path, body, headers);
  }

  /** A raw exchange; the answer is given back whatever its status. Throws `CommandError` when there is none. */
  async exchange(request: Omit<EgressRequest, 'url'> & { readonly path: string }): Promise<EgressResponse> {
    const { path, headers, ...rest } = request;
    const authorization = `Bearer ${await this.#token()}`;
    try {
      return await this.#egress.send(
        {
          signal: this.#terminal.signal,
          ...rest,
          url: `${this.server}${path}`,
          headers: { ...headers, authorization },
          credentialHeaders: ['authorization'],
        },
        networkRules,
      );
    } catch (error) {
      if (!(error instanceof EgressError)) throw error;
      throw new CommandError(3, `${this.server} could not be reached: ${error.message}`, { cause: error });
    }
  }

  async #request(method: string, path: string, body?: unknown): Promise<JsonValue> {
    return (await this.#exchange(method, path, body)).value;
  }

  async #exchange(
    method: string,
    path: string,
    body?: unknown,
    headers: { readonly [name: string]: string } = {},
  ): Promise<{ readonly value: JsonValue; readonly headers: EgressResponse['headers'] }> {
    const response = await this.exchange({
      method,
      path,
      headers: {
        ...headers,
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = new TextDecoder().decode(await response.bytes());
    const value = text === '' ? null : parseAnswer(text, this.server);
    if (response.status < 400) return { value, headers: response.headers };
    if (response.status === 401)
      throw new CommandError(3, `${this.server} does not accept the sign-in. Run \`patchbay login\`.`);
    throw new ServerError(this.server, response.status, value);
  }

  async #token(): Promise<string> {
    const given = this.#terminal.environment['PATCHBAY_TOKEN'];
    if (given !== undefined) return given;
    const session = await readSession(this.#terminal);
    if (session === undefined || session.server !== this.server) {
      throw new CommandError(2, `Not signed in to ${this.server}. Run \`patchbay login --server ${this.server}\`.`);
    }
    return (await this.#fresh(session)).accessToken;
  }

  async #fresh(session: Session): Promise<Session> {
    if (session.expiresAtMs - Date.now() > refreshBeforeExpiryMs) return session;
    const refreshed = await refreshSession(this.#egress, session);
    if (refreshed === undefined) {
      throw new CommandError(3, `The sign-in to ${this.server} has expired. Run \`patchbay login\`.`);
    }
    const { environment } = session;
    await writeSession(this.#terminal, { ...refreshed, ...(environment !== undefined && { environment }) });
    return refreshed;
  }
}

function parseAnswer(text: string, server: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new CommandError(3, `${server} did not answer in JSON: is it a Patchbay?`, { cause: error });
  }
}
