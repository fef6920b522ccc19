/** An answer that is a refusal, with the words that the server has for it. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly findings: readonly ApiFinding[];

  constructor(status: number, code: string, message: string, findings: readonly ApiFinding[] = []) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.findings = findings;
  }
}

/** What of a description does not come across as it stands. */
export type ApiLoss = Omit<ApiFinding, 'severity'> & { readonly kind: 'lost' | 'inferred' };

export type ApiFinding = {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly source?: string;
  readonly pointer: string;
  readonly line?: number;
  readonly column?: number;
};

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** The session's CSRF token, which every change must carry. Set by reading the session. */
const csrf: { token: string } = { token: '' };

export function rememberCsrfToken(token: string): void {
  csrf.token = token;
}

/** Sends a request to the server and answers its JSON, typed as the server's own documents describe it. */
export async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  return (await exchange(method, path, body)).value as T;
}

/** Sends a request and answers a header of what comes back. */
export async function requestHeader(
  name: string,
  method: string,
  path: string,
  options: { readonly body?: unknown; readonly idempotencyKey: string },
): Promise<string> {
  const { headers } = await exchange(method, path, options.body, { 'idempotency-key': options.idempotencyKey });
  return headers.get(name) ?? '';
}

async function exchange(
  method: string,
  path: string,
  body: unknown,
  more: { readonly [name: string]: string } = {},
): Promise<{ readonly value: unknown; readonly headers: Headers }> {
  const response = await fetch(path, {
    method,
    headers: {
      ...more,
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(method !== 'GET' && { 'x-csrf-token': csrf.token }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new ApiError(
      0,
      'unreachable',
      'The server does not answer. Is it still running?',
      cause instanceof ApiError ? cause.findings : [],
    );
  });
  const text = await response.text();
  const value = parse(text);
  if (response.ok) return { value, headers: response.headers };
  throw toError(response.status, value);
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

type Refusal = {
  readonly detail?: string;
  readonly title?: string;
  readonly code?: string;
  readonly findings?: readonly ApiFinding[];
  readonly error?: { readonly code?: string; readonly message?: string; readonly details?: readonly ApiFinding[] };
};

/** Reads both forms: problem details (RFC 9457) and the compatible surface's own. */
function toError(status: number, value: unknown): ApiError {
  const refusal = (typeof value === 'object' && value !== null ? value : {}) as Refusal;
  const message = refusal.detail ?? refusal.error?.message ?? refusal.title ?? `The server answered ${status}.`;
  const findings = refusal.findings ?? (refusal.error?.details ?? []).filter(({ pointer }) => pointer !== undefined);
  return new ApiError(status, refusal.code ?? refusal.error?.code ?? String(status), message, findings);
}
