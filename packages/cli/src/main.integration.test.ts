import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-main-'));
  const wait = { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } } };
  const call = { type: 'Http', inputs: { method: 'GET', uri: 'http://127.0.0.1:1/' } };
  const flow = { triggers: { manual: { type: 'Request' } }, actions: { Call: call, Wait: wait } };
  writeFileSync(join(folder, 'patient.json'), JSON.stringify(flow));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a shell line in the clone, as a person does. */
function shell(line: string) {
  const child = spawn('sh', ['-c', line], { cwd: root, env: { ...process.env, FLOW: join(folder, 'patient.json') } });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<{ stdout: string; stderr: string; exitCode: number | null; signal: string | null }>(
    (settle) => child.once('close', (exitCode, signal) => settle({ stdout, stderr, exitCode, signal })),
  );
  const says = (pattern: RegExp) =>
    new Promise<void>((settle) => {
      child.stderr.on('data', () => {
        if (pattern.test(stderr)) settle();
      });
    });
  return { child, ended, says };
}

it('runs as npx patchbay in the clone', async () => {
  expect(await shell(`npx patchbay expression evaluate "@add(1, 2)"`).ended).toEqual({
    stdout: '3\n',
    stderr: '',
    exitCode: 0,
    signal: null,
  });
  expect(await shell('npx patchbay connector describe nowhere').ended).toMatchObject({
    stdout: '',
    stderr: 'nowhere does not exist.\n',
    exitCode: 2,
  });
});

it('reads standard input, and does not mind a reader that stops early', async () => {
  const line = `echo '{"parameters": {"a": "b"}}' | npx patchbay expression evaluate "@parameters('a')" --inputs @- | head -c 2`;
  expect(await shell(line).ended).toMatchObject({ stdout: '"b', stderr: '', exitCode: 0 });
  const endless = `npx patchbay expression evaluate "@range(0, 100000)" | head -c 1`;
  expect(await shell(endless).ended).toMatchObject({ stdout: '[', stderr: '' });
});

it('ends at Ctrl-C as an interrupted program does', async () => {
  const { child, ended, says } = shell('exec node_modules/.bin/patchbay workflow run "$FLOW"');
  await says(/attempt 1 failed/);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({
    stdout: '',
    stderr: expect.stringMatching(/Interrupted\.\n$/),
    signal: 'SIGINT',
  });
});
