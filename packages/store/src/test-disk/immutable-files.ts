import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Why files cannot be made to refuse writes here, also by those that have them open, or undefined when they can. */
export function whyNoImmutableFiles(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-immutable-'));
  const path = join(folder, 'file');
  writeFileSync(path, '');
  const { status } = spawnSync('chattr', ['+i', path]);
  if (status === 0) spawnSync('chattr', ['-i', path]);
  rmSync(folder, { recursive: true });
  return status === 0 ? undefined : 'files cannot be made immutable here (chattr +i)';
}

/** What a disk does whose file system becomes read-only: open files are written no more. */
export function setImmutable(paths: readonly string[], isImmutable: boolean): void {
  const { status, stderr } = spawnSync('chattr', [isImmutable ? '+i' : '-i', ...paths], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`chattr failed: ${stderr}`);
}
