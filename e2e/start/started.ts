import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { type SignedInClient, signInWithLink } from '../platform/signed-in-client.ts';
import { type NpmStart, npmStart } from './npm-start.ts';

/** What the tests of `npm start` do to a start; everything is undone when the test has finished. */

const root = resolve(import.meta.dirname, '../..');

/** `npm start` would install packages under the running tests otherwise. */
export const isPrepared =
  spawnSync(process.execPath, ['tools/prepare.mjs', '--portal', '--check'], { cwd: root }).status === 0;

/** Nothing after it is said when a start went well. */
export const lastLine = 'Ctrl-C stops it.';

export async function start(environment: { readonly [name: string]: string }): Promise<NpmStart> {
  const started = await npmStart(environment);
  onTestFinished(started.dispose);
  return started;
}

export async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-start-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function signIn(started: NpmStart): Promise<SignedInClient> {
  const link = /http\S+\/signin\?link=\S+/.exec(started.output())?.[0];
  return signInWithLink(link ?? '');
}

type Listing = {
  readonly value: readonly { readonly name: string; readonly properties: { readonly status: string } }[];
};

export const flows = '/providers/Microsoft.ProcessSimple/environments/~default/flows';
export const version = 'api-version=2016-11-01';

export async function list(client: SignedInClient, path: string): Promise<Listing['value']> {
  return ((await client.get(path)).body as Listing).value;
}

export async function runStatuses(client: SignedInClient, flow: string): Promise<readonly string[]> {
  return (await list(client, `${flows}/${flow}/runs?${version}`)).map((run) => run.properties.status);
}
