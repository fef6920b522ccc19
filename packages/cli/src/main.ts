import { homedir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { runCommandLine } from './program.ts';

/** The process around the command line: its streams, its interrupt and its exit code. */
export async function main(): Promise<void> {
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  // Whoever reads the output may stop early, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
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
  // Ends as programs do that an interrupt ended, so that a shell's loop stops too; nothing that still waits keeps it alive.
  if (interrupt.signal.aborted) process.kill(process.pid, 'SIGINT');
}
