import type { JsonValue } from '@patchbay/expression';
import { isArray, member, textMember } from '../plan/json.ts';
import type { FlowDocument } from './flow-document.ts';
import { maximumLevels, nestsTooDeep, type ReadContext } from './read-context.ts';
import { type ResourcePlace, readResource } from './read-resource.ts';

/**
 * The flows of a document that is one, a row of Dataverse that holds one as text (its column `clientdata`), or a list of either, as
 * management surfaces answer it (`{value: […]}`).
 */
export function readListed(root: JsonValue, place: ResourcePlace, context: ReadContext): readonly FlowDocument[] {
  const one = readRow(root, place, context);
  if (one !== undefined) return [one];
  const rows = isArray(root) ? root : member(root, 'value');
  if (!isArray(rows)) return [];
  const pointer = isArray(root) ? place.pointer : `${place.pointer}/value`;
  return rows.flatMap((row, index) => {
    const at = { ...place, name: `${place.name}-${index + 1}`, pointer: `${pointer}/${index}` };
    const found = readRow(row, at, context);
    return found === undefined ? [] : [found];
  });
}

function readRow(row: JsonValue, place: ResourcePlace, context: ReadContext): FlowDocument | undefined {
  const text = textMember(row, 'clientdata');
  if (text === undefined) return readResource(row, place);
  const pointer = `${place.pointer}/clientdata`;
  const at = { file: place.file, pointer };
  let root: JsonValue;
  try {
    root = JSON.parse(text) as JsonValue;
  } catch (error) {
    context.report('clientdata-unreadable', at, { why: error instanceof Error ? error.message : '' });
    return undefined;
  }
  if (nestsTooDeep(root)) {
    context.report('document-too-deep', at, { levels: maximumLevels });
    return undefined;
  }
  const id = textMember(row, 'workflowid')?.replaceAll(/[{}]/g, '');
  const name = textMember(row, 'name') ?? place.name;
  const flow = readResource(root, { file: place.file, pointer, name, ...(id !== undefined && { id }) });
  return flow && { ...flow, dialect: flow.dialect ?? 'powerAutomate' };
}
