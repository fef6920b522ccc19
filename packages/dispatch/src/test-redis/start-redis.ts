import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** A throw-away Redis of this machine's own program. */
export type TestRedis = {
  readonly url: string;
  /** `SIGKILL`, then waits. */
  readonly kill: () => Promise<void>;
  /** The same again after {@link kill}: same port, same folder. */
  readonly restart: () => Promise<void>;
  readonly command: (...words: readonly string[]) => Promise<unknown>;
  readonly stop: () => Promise<void>;
};

const programs = ['/usr/bin/redis-server', '/usr/bin/valkey-server', '/usr/local/bin/redis-server'];

/** Why tests on Redis cannot run here, or undefined when they can. */
export function whyNoRedis(): string | undefined {
  return findProgram() === undefined ? 'Redis is not installed: apt-get install redis-server' : undefined;
}

function findProgram(): string | undefined {
  return programs.find((program) => existsSync(program));
}

/** Starts a server in a temporary folder on a free loopback port, writing its log of commands every second. */
export async function startRedis(settings: { readonly [name: string]: string } = {}): Promise<TestRedis> {
  const program = findProgram();
  if (program === undefined) throw new Error(whyNoRedis());
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-redis-'));
  const port = await freePort();
  const all = { bind: '127.0.0.1', port: String(port), dir: folder, save: '', appendonly: 'yes', ...settings };
  const words = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
  const url = `redis://127.0.0.1:${port}`;
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(program, words, { stdio: 'ignore' });
    await untilItAnswers(url, child);
    return child;
  };
  let child = await start();
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((settle) => child.once('exit', settle));
    child.kill('SIGKILL');
    await exited;
  };
  return {
    url,
    kill,
    restart: async () => {
      child = await start();
    },
    command: async (name = '', ...more) => {
      const client = new Redis(url, { maxRetriesPerRequest: 1 });
      try {
        return await client.call(name, ...more);
      } finally {
        client.disconnect();
      }
    },
    stop: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilItAnswers(url: string, child: ChildProcess): Promise<void> {
  const client = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  const ended = new Promise<never>((_, reject) =>
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`))),
  );
  try {
    await Promise.race([client.ping(), ended]);
  } finally {
    client.disconnect();
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
