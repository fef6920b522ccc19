import { parseRetryAfterMs, reasonName, type WatchFailure } from '@patchbay/workflow';
import { toInvocationError } from './invocation-failure.ts';

/** What an API answered, as far as it explains a refusal. */
export type RefusingAnswer = {
  readonly statusCode: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: unknown;
};

/** What is asked, or why there is no answer. */
export async function orFailure<Answer>(ask: () => Promise<Answer>): Promise<Answer | WatchFailure> {
  try {
    return await ask();
  } catch (error) {
    const { code, message, retryable } = toInvocationError(error);
    return { kind: 'failed', error: { code, message }, isRetryable: retryable };
  }
}

const longestExcerpt = 300;

/** An API's answer that is a refusal, told with the beginning of what it said. */
export function refusal({ statusCode, headers, body }: RefusingAnswer, what: string): WatchFailure {
  const retryAfterMs = parseRetryAfterMs(headers['retry-after'], Date.now());
  const code = reasonName(statusCode);
  const said = typeof body === 'string' ? body : JSON.stringify(body);
  const excerpt = body === null ? '' : `: ${said.length > longestExcerpt ? `${said.slice(0, longestExcerpt)}…` : said}`;
  return {
    kind: 'failed',
    error: { code, message: `${what} with ${statusCode} (${code})${excerpt}` },
    isRetryable: statusCode === 408 || statusCode === 429 || statusCode >= 500,
    statusCode,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** Whether a subscription is over: given back, or not there any more. */
export function isGivenBack(statusCode: number): boolean {
  return statusCode < 300 || statusCode === 404 || statusCode === 410;
}

/** A subscription that an API did not end. Who is not let in at the moment may be let in later. */
export function notGivenBack(answer: RefusingAnswer): WatchFailure {
  const refused = refusal(answer, 'The API did not end the subscription');
  return { ...refused, isRetryable: refused.isRetryable || [401, 403].includes(answer.statusCode) };
}
