import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { freePort } from '../platform/server-process.ts';

const root = resolve(import.meta.dirname, '../..');

/** `npm start` in a terminal of its own. */
export type NpmStart = {
  readonly port: number;
  readonly origin: string;
  /** What stands on the screen. */
  readonly output: () => string;
  /** Resolves once the screen shows a text; rejects with the screen when the command ends before. */
  readonly shows: (text: string) => Promise<void>;
  /** The command's exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** Ctrl-C: the terminal sends SIGINT to every process of the command. */
  readonly pressCtrlC: () => void;
  readonly dispose: () => void;
};

/** Types `npm start` with environment variables; ports that are not given are free ones. */
export async function npmStart(environment: { readonly [name: string]: string }): Promise<NpmStart> {
  const port = Number(environment['PORT'] ?? (await freePort()));
  const child = spawn('npm', ['start'], {
    cwd: root,
    env: {
      ...withoutNpm(process.env),
      PATCHBAY_EXAMPLE_PORT: String(await freePort()),
      ...environment,
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const chunks: string[] = [];
  const output = (): string => chunks.join('');
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  let hasEnded = false;
  const ended = new Promise<number | NodeJS.Signals | null>((settle) =>
    child.once('close', (code, signal) => {
      hasEnded = true;
      settle(code ?? signal);
    }),
  );
  const signalGroup = (signal: NodeJS.Signals): void => {
    if (!hasEnded && child.pid !== undefined) process.kill(-child.pid, signal);
  };
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    output,
    shows: async (text) => {
      while (!output().includes(text)) {
        if (hasEnded) throw new Error(`npm start ended before it said "${text}":\n${output()}`);
        await new Promise((wake) => setTimeout(wake, 20));
      }
    },
    ended,
    pressCtrlC: () => signalGroup('SIGINT'),
    dispose: () => signalGroup('SIGKILL'),
  };
}

/** The environment of a terminal: these tests are run by npm, which leaves its own variables. */
function withoutNpm(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(npm_|INIT_CWD$)/i.test(name)));
}
