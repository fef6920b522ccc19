const firstMs = 10_000;
const longestMs = 3_600_000;
const dayMs = 86_400_000;

/** How many failed attempts in a row are enough: with the pauses between them, about five hours. */
export const maximumAttempts = 12;

/** The pause after a number of failed attempts: 10 s, doubled to an hour, and not before an API that asks for a pause (at most a day) wants. */
export function backOffMs(attempts: number, retryAfterMs = 0): number {
  return Math.max(Math.min(firstMs * 2 ** (attempts - 1), longestMs), Math.min(retryAfterMs, dayMs));
}
