import type { JsonValue } from '@patchbay/definition';
import { type Egress, EgressError } from '@patchbay/egress';
import { networkRules } from '../outbound.ts';
import { CommandError, type Terminal } from '../terminal.ts';
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

/** Speaks to a server's management surface with the signed-in session, or `PATCHBAY_TOKEN`. */
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

  async #request(method: string, path: string, body?: unknown): Promise<JsonValue> {
    const { status, text } = await this.#exchange(method, path, body);
    const value = text === '' ? null : parseAnswer(text, this.server);
    if (status < 400) return value;
    if (status === 401)
      throw new CommandError(3, `${this.server} does not accept the sign-in. Run \`patchbay login\`.`);
    throw new CommandError(3, `${this.server} answered ${status}: ${describeFailure(value)}`);
  }

  async #exchange(method: string, path: string, body: unknown): Promise<{ status: number; text: string }> {
    try {
      const response = await this.#egress.send(
        {
          method,
          url: `${this.server}${path}`,
          headers: {
            accept: 'application/json',
            authorization: `Bearer ${await this.#token()}`,
            ...(body !== undefined && { 'content-type': 'application/json' }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
          signal: this.#terminal.signal,
        },
        networkRules,
      );
      return { status: response.status, text: new TextDecoder().decode(await response.bytes()) };
    } catch (error) {
      if (error instanceof EgressError) {
        throw new CommandError(3, `${this.server} could not be reached: ${error.message}`, { cause: error });
      }
      throw error;
    }
  }

  async #token(): Promise<string> {
    const given = this.#terminal.environment['PATCHBAY_TOKEN'];
    if (given !== undefined) return given;
    const session = await readSession(this.#terminal);
    if (session === undefined || session.server !== this.server) {
      throw new CommandError(3, `Not signed in to ${this.server}. Run \`patchbay login --server ${this.server}\`.`);
    }
    return (await this.#fresh(session)).accessToken;
  }

  async #fresh(session: Session): Promise<Session> {
    if (session.expiresAtMs - Date.now() > refreshBeforeExpiryMs) return session;
    const refreshed = await refreshSession(this.#egress, session);
    if (refreshed === undefined) {
      throw new CommandError(3, `The sign-in to ${this.server} has expired. Run \`patchbay login\`.`);
    }
    await writeSession(this.#terminal, refreshed);
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

/** The message of a problem document (RFC 9457) or of the compatible surface's error. */
function describeFailure(value: JsonValue): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const problem = value as { detail?: unknown; title?: unknown; error?: { code?: unknown; message?: unknown } };
  const message = problem.detail ?? problem.error?.message ?? problem.title;
  return typeof message === 'string' ? message : JSON.stringify(value);
}
