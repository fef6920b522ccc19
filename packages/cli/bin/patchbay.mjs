#!/usr/bin/env node
// Starts the command line on the pinned Node when the machine's own is older: sources are TypeScript and run as they are.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const [major, minor] = process.versions.node.split('.').map(Number);
const isRecent = major > 24 || (major === 24 && minor >= 12);
if (isRecent) {
  const { main } = await import('../src/main.ts');
  await main();
} else {
  const pinned = join(import.meta.dirname, '..', '..', '..', 'node_modules', '.bin', 'node');
  if (!existsSync(pinned)) {
    process.stderr.write(
      'patchbay needs Node 24.12 or later. Run `npm ci` in the clone once: it brings the right one.\n',
    );
    process.exit(2);
  }
  const { status, signal } = spawnSync(pinned, [import.meta.filename, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(signal === null ? (status ?? 2) : 130);
}
