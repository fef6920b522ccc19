const longestMs = 5_000;
/** About two minutes, as long as a call may take. */
const mostFailures = 25;

/**
 * How long a run waits before it asks again for what only its own store can do and that has failed so many times; `undefined`: it does not ask
 * any more.
 */
export function pauseMs(failures: number): number | undefined {
  return failures < mostFailures ? Math.min(longestMs, 1_000 * 2 ** failures) : undefined;
}
