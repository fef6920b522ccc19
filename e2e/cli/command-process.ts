import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const program = resolve(import.meta.dirname, '../../node_modules/.bin/patchbay');

/** How one command ended, as a shell sees it. */
export type CommandResult = { readonly stdout: string; readonly stderr: string; readonly exitCode: number | null };

export type RunningCommand = {
  /** Resolves with what has been printed on standard error as soon as it matches. */
  readonly said: (pattern: RegExp) => Promise<string>;
  readonly finished: Promise<CommandResult>;
};

/** Where commands run: a folder with files, and where the sign-in is kept. */
export type CommandPlace = {
  readonly folder: string;
  readonly server: string;
  /** `PATCHBAY_TOKEN`. */
  readonly token?: string;
};

/** Starts `patchbay` as its own process. */
export function startCommand(place: CommandPlace, words: readonly string[], input = ''): RunningCommand {
  const { PATCHBAY_TOKEN: _token, ...inherited } = process.env;
  const child = spawn(program, words, {
    cwd: place.folder,
    env: {
      ...inherited,
      XDG_CONFIG_HOME: join(place.folder, 'configuration'),
      PATCHBAY_URL: place.server,
      ...(place.token !== undefined && { PATCHBAY_TOKEN: place.token }),
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const finished = new Promise<CommandResult>((settle, fail) => {
    child.once('error', fail);
    child.once('close', (exitCode) => settle({ stdout, stderr, exitCode }));
  });
  const said = (pattern: RegExp): Promise<string> =>
    new Promise((settle, fail) => {
      const look = (): void => {
        if (pattern.test(stderr)) settle(stderr);
      };
      child.stderr.on('data', look);
      child.once('close', () => fail(new Error(`The command ended without saying ${pattern}:\n${stderr}`)));
      look();
    });
  return { said, finished };
}

/** Runs `patchbay` to its end. */
export function runCommand(place: CommandPlace, words: readonly string[], input?: string): Promise<CommandResult> {
  return startCommand(place, words, input).finished;
}
