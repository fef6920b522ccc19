import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** As the script `start` of package.json has them. */
export const serverArguments: readonly string[] = [
  '--max-semi-space-size=16',
  '--expose-gc',
  '--no-allocation-site-pretenuring',
];

/** A server started as a person starts it: its own process, its own data folder. */
export type ServerProcess = {
  readonly origin: string;
  readonly dataFolder: string;
  readonly child: ChildProcess;
  /** Everything printed so far. */
  readonly output: () => string;
  /** The one-time sign-in link, as printed. */
  readonly signInLink: () => string;
  /** Ctrl-C, then waits; answers the exit code. */
  readonly interrupt: () => Promise<number | null>;
  /** `kill -9`, then waits. */
  readonly kill: () => Promise<void>;
  /** Kills what still runs and removes the data folder. */
  readonly dispose: () => Promise<void>;
};

export type ServerOptions = {
  readonly dataFolder?: string;
  readonly port?: number;
  readonly environment?: { readonly [name: string]: string };
  /** What is started in place of the server's own program. */
  readonly program?: string;
};

const serverProgram = 'packages/server/src/main.ts';

/** Starts the server and resolves once it is ready. */
export async function startServerProcess(options: ServerOptions = {}): Promise<ServerProcess> {
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'patchbay-e2e-')));
  const port = options.port ?? (await freePort());
  const child = spawn(process.execPath, [...serverArguments, options.program ?? serverProgram], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      PATCHBAY_DATA: dataFolder,
      PATCHBAY_EXAMPLE_PORT: String(await freePort()),
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  const exited = new Promise<number | null>((settle) => child.once('exit', settle));
  const output = (): string => chunks.join('');
  const origin = `http://127.0.0.1:${port}`;
  await waitUntilReady(origin, child, output);
  const kill = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await exited;
  };
  return {
    origin,
    dataFolder,
    child,
    output,
    signInLink: () => findSignInLink(output()),
    interrupt: () => {
      child.kill('SIGINT');
      return exited;
    },
    kill,
    dispose: async () => {
      await kill();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

async function waitUntilReady(origin: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadlineMs = Date.now() + 60_000;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The server ended with code ${child.exitCode}:\n${output()}`);
    const isReady = await fetch(`${origin}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    // It also says so, once an empty store has been filled.
    if (isReady && /Patchbay (worker )?is ready/.test(output())) return;
    if (Date.now() > deadlineMs) throw new Error(`The server was not ready in time:\n${output()}`);
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

function findSignInLink(output: string): string {
  const link = /https?:\/\/\S+\/signin\?link=[^\s]+/.exec(output)?.[0];
  if (link === undefined) throw new Error(`The server printed no sign-in link:\n${output}`);
  return link;
}

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
