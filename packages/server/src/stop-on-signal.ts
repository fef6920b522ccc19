import type { Platform } from './platform.ts';

/** One Ctrl-C may come twice: from the terminal and, passed on, from npm. */
const sameKeyPressMs = 1000;

/** Stops the platform on Ctrl-C or SIGTERM, letting runs come to rest, with exit code 0; a second Ctrl-C ends the process at once. */
export function stopOnSignal(platform: Platform, closeExample: () => Promise<void>): void {
  let stoppingSinceMs: number | undefined;
  const stop = (): void => {
    if (stoppingSinceMs !== undefined) {
      if (performance.now() - stoppingSinceMs > sameKeyPressMs) process.exit(130);
      return;
    }
    stoppingSinceMs = performance.now();
    process.stderr.write(
      '\nStopping: letting runs come to rest. Ctrl-C again stops at once; runs go on at the next start.\n',
    );
    platform
      .stop()
      .then(closeExample)
      .then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
          process.exit(1);
        },
      );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
