/** What a command may touch of the process: its streams, its folder and its environment. */
export type Terminal = {
  /** Results. With `--format json` nothing else is written here. */
  readonly out: (text: string) => void;
  /** Progress and complaints. */
  readonly err: (text: string) => void;
  readonly readStdin: () => Promise<string>;
  readonly workingFolder: string;
  /** Where the signed-in session is kept. */
  readonly configurationFolder: string;
  readonly environment: { readonly [name: string]: string | undefined };
  readonly signal: AbortSignal;
};

/**
 * Exit codes, the same for every command: 0 good, 1 the thing checked has errors, 2 it could not be read or the usage was
 * wrong, 3 the remote side failed.
 */
export type ExitCode = 0 | 1 | 2 | 3;

/** A failure that ends a command: the message is for the person, the exit code for the script. */
export class CommandError extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}
