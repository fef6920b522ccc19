import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

/** A throw-away PostgreSQL of this machine's own programs. */
export type TestPostgres = {
  readonly url: string;
  /** Ends it as a crash would and starts it again: same port, same data. */
  readonly restart: () => void;
  readonly stop: () => void;
};

const installed = '/usr/lib/postgresql';

/** Why tests on PostgreSQL cannot run here, or undefined when they can. */
export function whyNoPostgres(): string | undefined {
  if (process.env['PATCHBAY_TEST_POSTGRES_URL'] !== undefined) return undefined;
  return programFolder() === undefined ? 'PostgreSQL is not installed: apt-get install postgresql' : undefined;
}

function programFolder(): string | undefined {
  if (!existsSync(installed)) return undefined;
  return readdirSync(installed)
    .map((version) => join(installed, version, 'bin'))
    .findLast((folder) => existsSync(join(folder, 'initdb')));
}

/** Starts a cluster in a temporary folder on a free loopback port; or answers the one that PATCHBAY_TEST_POSTGRES_URL names. */
export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env['PATCHBAY_TEST_POSTGRES_URL'];
  if (given !== undefined) return { url: given, restart: () => undefined, stop: () => undefined };
  const programs = programFolder();
  if (programs === undefined) throw new Error(whyNoPostgres());
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-postgres-'));
  const user = giveToPostgres(folder);
  const port = await freePort();
  const data = join(folder, 'data');
  const run = (program: string, ...programArguments: readonly string[]): void => {
    const result = spawnSync(join(programs, program), programArguments, {
      ...user,
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (result.status !== 0) throw new Error(`${program} failed: ${result.stderr}${result.stdout}`);
  };
  run('initdb', '-D', data, '-U', 'patchbay', '--auth=trust', '-E', 'UTF8', '--no-sync');
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off`;
  const start = (): void => run('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start');
  start();
  return {
    restart: () => {
      run('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
      start();
    },
    url: `postgres://patchbay@127.0.0.1:${port}/postgres`,
    stop: () => {
      run('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type PostgresRow = { readonly [column: string]: unknown };

/** Asks over a connection of its own: the server may have been started anew since the last question. */
export async function queryPostgres(url: string, sql: string): Promise<readonly PostgresRow[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<PostgresRow>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Makes an empty database beside the one of an address; answers its own address. */
export async function emptyDatabase(url: string): Promise<string> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await queryPostgres(url, `create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}

/** Gives a folder to the user that the cluster runs as; answers that user where it is another one. PostgreSQL refuses to run as root. */
export function giveToPostgres(folder: string): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const user = { uid: idOf('-u'), gid: idOf('-g') };
  chownSync(folder, user.uid, user.gid);
  return user;
}

function idOf(flag: '-u' | '-g'): number {
  for (const user of ['postgres', 'nobody']) {
    const { status, stdout } = spawnSync('id', [flag, user], { encoding: 'utf8' });
    if (status === 0) return Number(stdout);
  }
  throw new Error('There is no user that PostgreSQL could run as.');
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
