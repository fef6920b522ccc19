import type { JsonValue } from '@patchbay/expression';
import { nestsDeeper } from '../plan/json.ts';
import type { DocumentFindingCode } from './document-finding.ts';
import type { FlowFile } from './flow-document.ts';
import type { DeploymentPlace } from './template/unresolved.ts';

/** What readers of documents have at hand. */
export type ReadContext = {
  readonly files: readonly FlowFile[];
  readonly place: DeploymentPlace;
  report(
    code: DocumentFindingCode,
    place: { readonly file: string; readonly pointer: string },
    details?: { readonly [name: string]: string | number },
  ): void;
};

export const maximumLevels = 500;

/** Readers walk by recursion, so that depth has a bound. */
export function nestsTooDeep(root: JsonValue): boolean {
  return nestsDeeper(root, maximumLevels - 1);
}

/** The value of a JSON file, by its name in any case. */
export function findJson(files: readonly FlowFile[], name: string): JsonValue | undefined {
  const wanted = name.toLowerCase();
  const found = files.find((file) => file.kind === 'json' && file.name.toLowerCase() === wanted);
  return found?.kind === 'json' ? found.root : undefined;
}

export function folderOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/') + 1);
}

export function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
