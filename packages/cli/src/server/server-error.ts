import type { JsonValue } from '@patchbay/definition';
import { CommandError } from '../terminal.ts';

/** A server's own refusal or failure. */
export class ServerError extends CommandError {
  readonly status: number;
  /** The server's code for it, e.g. `ConnectionNotFound`. */
  readonly code: string;
  /** The server's words. */
  readonly detail: string;

  constructor(server: string, status: number, answer: JsonValue) {
    const { code, detail } = describeAnswer(answer);
    super(3, `${server} answered ${status}: ${detail}`);
    this.name = 'ServerError';
    this.status = status;
    this.code = code ?? `Status${status}`;
    this.detail = detail;
  }
}

/** Code and message of a problem document (RFC 9457) or of the compatible surface's error. */
function describeAnswer(answer: JsonValue): { readonly code?: string; readonly detail: string } {
  if (typeof answer !== 'object' || answer === null) return { detail: String(answer) };
  const problem = answer as {
    readonly code?: unknown;
    readonly detail?: unknown;
    readonly title?: unknown;
    readonly error?: { readonly code?: unknown; readonly message?: unknown };
  };
  const code = problem.code ?? problem.error?.code;
  const message = problem.detail ?? problem.error?.message ?? problem.title;
  return {
    ...(typeof code === 'string' && { code }),
    detail: typeof message === 'string' ? message : JSON.stringify(answer),
  };
}
