import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commands } from './commands/index.ts';
import { runCommandLine } from './program.ts';
import type { Terminal } from './terminal.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-program-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(words: readonly string[], change: Partial<Terminal> = {}) {
  const printed = { out: '', err: '' };
  const terminal: Terminal = {
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
    readStdin: async () => '',
    workingFolder: folder,
    configurationFolder: join(folder, 'configuration'),
    environment: {},
    signal: new AbortController().signal,
    ...change,
  };
  return { exitCode: await runCommandLine(terminal, words), ...printed };
}

it.each([
  [[], 2],
  [['--help'], 0],
  [['help', 'connector'], 0],
  [['--version'], 0],
  [['connectr', 'list'], 2],
  [['connector'], 2],
  [['connector', 'validte', 'x'], 2],
  [['connector', 'validate', '--help'], 0],
  [['--wrong'], 2],
])('%j ends with the exit code %i', async (words, exitCode) => {
  const result = await run(words);
  expect(result.exitCode).toBe(exitCode);
  // Help that was asked for is a result; help after a mistake is a complaint.
  expect(exitCode === 0 ? result.err : result.out).toBe('');
});

it('asks what was meant', async () => {
  expect((await run(['connectr'])).err).toMatch(/^error: unknown command 'connectr'\n\(Did you mean connector\?\)\n/);
  expect((await run(['workflow', 'rum', 'x'])).err).toMatch(/\(Did you mean run\?\)/);
});

it.each(commands.map(({ name }) => [name]))('%s has a help of its own', async (name) => {
  const { exitCode, out } = await run([...name.split(' '), '--help']);
  expect({ exitCode, usage: out.split('\n')[0]?.startsWith(`Usage: patchbay ${name} `) }).toEqual({
    exitCode: 0,
    usage: true,
  });
});

it('stops when the person does', async () => {
  const interrupt = new AbortController();
  const reading = run(['expression', 'evaluate', 'x', '--inputs', '@-'], {
    signal: interrupt.signal,
    readStdin: () => new Promise(() => undefined),
  });
  interrupt.abort();
  expect(await reading).toEqual({ exitCode: 2, out: '', err: 'Interrupted.\n' });
});

it('owns up to its own mistakes', async () => {
  const { exitCode, err } = await run(['expression', 'evaluate', 'x'], {
    out: () => {
      throw new TypeError('the screen is broken');
    },
  });
  expect(exitCode).toBe(2);
  expect(err).toMatch(/^patchbay itself has failed; please report this:\nTypeError: the screen is broken\n/);
});
