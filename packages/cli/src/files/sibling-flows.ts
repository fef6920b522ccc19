import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { CalledFlow } from '@patchbay/workflow';
import type { Terminal } from '../terminal.ts';
import { isMissing, unreadable } from './read-named-file.ts';
import { isCalled, loadWorkflow, type OpenedWorkflow } from './workflow-file.ts';

/**
 * Finds the flows that a flow calls, among those read together with it or beside its file: `{name}.json` in its folder, a project's `{name}/workflow.json`, a package's
 * `{id}/definition.json`, or a solution's `{Name}-{ID}.json`. Of a resource id the last segment is the name.
 */
export function siblingFlows(
  terminal: Terminal,
  path: string,
  together: readonly OpenedWorkflow[],
): (reference: string) => Promise<CalledFlow | undefined> {
  const folder = dirname(path);
  return async (reference) => {
    const name = reference.slice(reference.lastIndexOf('/') + 1).trim();
    const near = together.find(({ document }) => isCalled(document, name));
    if (near !== undefined) return { ...near.file, displayName: name };
    if (!/^[^\\/:*?"<>|]+$/.test(name) || /^\.+$/.test(name)) return undefined;
    const around = dirname(resolve(terminal.workingFolder, folder));
    const found =
      (await findIn(terminal, folder, `${name}.json`)) ??
      (await findIn(terminal, folder, name, (file) => file.endsWith(`-${name.toLowerCase()}.json`))) ??
      (await findIn(terminal, join(folder, name), 'workflow.json')) ??
      (await findIn(terminal, join(around, name), 'workflow.json')) ??
      (await findIn(terminal, join(around, name), 'definition.json'));
    if (found === undefined) return undefined;
    const { file } = await loadWorkflow(terminal, found);
    return { ...file, displayName: name };
  };
}

/** The first file of a folder, in any case. */
async function findIn(
  terminal: Terminal,
  folder: string,
  name: string,
  matches = (file: string): boolean => file === name.toLowerCase(),
): Promise<string | undefined> {
  try {
    const files = await readdir(resolve(terminal.workingFolder, folder));
    const file = files.toSorted().find((one) => matches(one.toLowerCase()));
    return file === undefined ? undefined : join(folder, file);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unreadable(folder, error);
  }
}
