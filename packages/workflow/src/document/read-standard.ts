import type { JsonValue } from '@patchbay/expression';
import { dialectOfKind } from '../dialect/find-dialect.ts';
import { entriesOf, member, textMember } from '../plan/json.ts';
import type { FlowDocument } from './flow-document.ts';
import { readConnectionsFile } from './read-connections.ts';
import { baseName, findJson, folderOf, type ReadContext } from './read-context.ts';
import { readResource, readValues } from './read-resource.ts';

/** A workflow of a Standard project: its `workflow.json`, with what the project's own files say of all its workflows. */
export function readStandard(
  { name, root }: { readonly name: string; readonly root: JsonValue },
  context: ReadContext,
): FlowDocument | undefined {
  const folder = folderOf(name);
  const flow = readResource(root, { file: name, pointer: '', name: baseName(folder.slice(0, -1)) || 'workflow' });
  if (flow === undefined) return undefined;
  const project = folderOf(folder.slice(0, -1));
  const beside = (base: string): JsonValue | undefined =>
    findJson(context.files, `${project}${base}`) ?? findJson(context.files, `${folder}${base}`);
  const kind = flow.kind ?? 'Stateful';
  return {
    ...flow,
    kind,
    dialect: flow.dialect ?? dialectOfKind(kind),
    parameters: { ...readValues(beside('parameters.json')), ...flow.parameters },
    connections: { ...readConnectionsFile(beside('connections.json')), ...flow.connections },
    appSettings: readSettings(beside('local.settings.json')),
  };
}

function readSettings(root: JsonValue | undefined): { readonly [name: string]: string } {
  const values = entriesOf(member(root, 'Values'));
  return Object.fromEntries(values.map(([name]) => [name, textMember(member(root, 'Values'), name) ?? '']));
}
