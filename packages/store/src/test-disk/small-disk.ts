import { spawnSync } from 'node:child_process';
import { closeSync, fstatSync, ftruncateSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of a few megabytes in memory. */
export type SmallDisk = {
  readonly folder: string;
  /** Leaves so much room, by default none for another page. */
  readonly fill: (leftKilobytes?: number) => void;
  readonly makeRoom: () => void;
  /** As `mount -o remount` does; refused by the system while a file is open for writing. */
  readonly remount: (mode: 'ro' | 'rw') => void;
  readonly remove: () => void;
};

/** Why tests with a disk of their own cannot run here, or undefined when they can. */
export function whyNoSmallDisk(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root may mount';
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
  if (mounted.status === 0) spawnSync('umount', [folder]);
  rmdirSync(folder);
  return mounted.status === 0 ? undefined : 'nothing can be mounted here';
}

export function openSmallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-disk-'));
  run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder);
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: (leftKilobytes = 0) => fillUp(filler, leftKilobytes),
    makeRoom: () => rmSync(filler),
    remount: (mode) => run('mount', '-o', `remount,${mode}`, folder),
    remove: () => {
      run('umount', '--lazy', folder);
      rmdirSync(folder);
    },
  };
}

function fillUp(path: string, leftKilobytes: number): void {
  const file = openSync(path, 'a');
  const block = Buffer.alloc(4096);
  try {
    for (;;) writeSync(file, block);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    ftruncateSync(file, fstatSync(file).size - leftKilobytes * 1024);
  } finally {
    closeSync(file);
  }
}

function run(program: string, ...programArguments: readonly string[]): void {
  const { status, stderr } = spawnSync(program, programArguments, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
}
