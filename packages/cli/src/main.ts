import { homedir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { runCommandLine } from './program.ts';

/** The process around the command line: its streams, its interrupt and its exit code. */
export async function main(): Promise<void> {
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  const configurationHome = process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
  process.exitCode = await runCommandLine(
    {
      out: (chunk) => process.stdout.write(chunk),
      err: (chunk) => process.stderr.write(chunk),
      readStdin: () => text(process.stdin),
      workingFolder: process.cwd(),
      configurationFolder: join(configurationHome, 'patchbay'),
      environment: process.env,
      signal: interrupt.signal,
    },
    process.argv.slice(2),
  );
}
