import type { SchemaModel } from '../model.ts';
import { readBehind } from '../schema/read-schema.ts';
import type { Reading } from '../source/reading.ts';

/** An object's members, through references and `allOf`. */
export type ObjectView = {
  readonly properties: ReadonlyMap<string, SchemaModel>;
  readonly required: ReadonlySet<string>;
  /** Whether more members than these are described. */
  readonly describesMore: boolean;
};

const maxDepth = 20;

/** Looks at a schema as an object; undefined when it is none, or may be one of several. */
export function viewObject(reading: Reading, schema: SchemaModel, depth = 0): ObjectView | undefined {
  const behind = readBehind(reading, schema);
  if (depth > maxDepth) return undefined;
  if (behind.kind === 'object') {
    const describesMore = typeof behind.additionalProperties === 'object';
    return { properties: behind.properties, required: new Set(behind.required), describesMore };
  }
  if (behind.kind !== 'allOf') return undefined;
  const views = behind.members.map((one) => viewObject(reading, one, depth + 1));
  const known = views.filter((view) => view !== undefined);
  if (known.length === 0 || known.length < views.length) return undefined;
  return {
    properties: new Map(known.flatMap((view) => [...view.properties])),
    required: new Set(known.flatMap((view) => [...view.required])),
    describesMore: known.some((view) => view.describesMore),
  };
}
