import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommandLine } from '../program.ts';
import { startUpstream, type Upstream } from './upstream.ts';

/**
 * A case is a transcript: a line `$ patchbay …` is a command, a line `< …` after it its standard input; then comes what it prints, standard error
 * marked with `! `, and its exit code in brackets. Lines with `#` explain. Commands run among the files of `files/`, where UPSTREAM is a
 * real API and NOBODY a port where nothing listens; what differs from run to run is masked. `npx vitest run golden -u` writes what is; read it.
 */
const cases = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.txt'));

const context: { folder: string; upstream?: Upstream } = { folder: '' };

beforeAll(async () => {
  context.upstream = await startUpstream();
  context.folder = mkdtempSync(join(tmpdir(), 'patchbay-golden-'));
  cpSync(join(import.meta.dirname, 'files'), context.folder, { recursive: true });
  for (const name of readdirSync(context.folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(context.folder, name);
    if (statSync(path).isFile()) writeFileSync(path, localise(readFileSync(path, 'utf8')));
  }
});

afterAll(async () => {
  await context.upstream?.close();
  rmSync(context.folder, { recursive: true, force: true });
});

it.each(cases)('%s', async (name) => {
  const path = join(import.meta.dirname, name);
  const blocks: string[] = [];
  for (const block of readFileSync(path, 'utf8')
    .trimEnd()
    .split(/\n\n(?=[$#])/))
    blocks.push(await replay(block));
  await expect(`${blocks.join('\n\n')}\n`).toMatchFileSnapshot(path);
});

/** Runs the command of a block and writes the block as it should be. */
async function replay(block: string): Promise<string> {
  const lines = block.split('\n');
  const start = lines.findIndex((line) => line.startsWith('$ patchbay'));
  if (start < 0) return block;
  const input = lines[start + 1]?.startsWith('< ') === true ? lines[start + 1]?.slice(2) : undefined;
  const head = lines.slice(0, start + (input === undefined ? 1 : 2));
  const { out, err, exitCode } = await run(wordsOf((lines[start] ?? '').slice('$ patchbay'.length)), input ?? '');
  return [...head, ...out, ...err.map((line) => `! ${line}`.trimEnd()), `[${exitCode}]`].join('\n');
}

async function run(words: readonly string[], input: string) {
  let out = '';
  let err = '';
  const exitCode = await runCommandLine(
    {
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      readStdin: async () => input,
      workingFolder: context.folder,
      configurationFolder: join(context.folder, 'configuration'),
      environment: { PATCHBAY_URL: `http://${context.upstream?.nobody}` },
      signal: new AbortController().signal,
    },
    words.map(localise),
  );
  return { out: linesOf(mask(out)), err: linesOf(mask(err)), exitCode };
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function localise(text: string): string {
  return text.replaceAll('UPSTREAM', context.upstream?.host ?? '').replaceAll('NOBODY', context.upstream?.nobody ?? '');
}

function mask(text: string): string {
  return text
    .replaceAll(context.upstream?.host ?? '', 'UPSTREAM')
    .replaceAll(context.upstream?.nobody ?? '', 'NOBODY')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z/g, 'TIME')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'KEY')
    .replaceAll(/patchbay-[0-9a-f]{36}/g, 'BOUNDARY')
    .replaceAll(/(Patchbay reads|supported are) [^"\n(]*(?<! )/g, '$1 …')
    .replaceAll('\r', '');
}

/** A command line as a shell splits it: single quotes keep everything, double quotes everything but escapes. */
function wordsOf(line: string): readonly string[] {
  const words = [...line.matchAll(/(?:'[^']*'|"(?:\\.|[^"\\])*"|[^\s'"])+/g)];
  return words.map(([word]) =>
    word.replaceAll(
      /'([^']*)'|"((?:\\.|[^"\\])*)"/g,
      (_match, single?: string, double?: string) => single ?? (double ?? '').replaceAll(/\\(.)/g, '$1'),
    ),
  );
}
