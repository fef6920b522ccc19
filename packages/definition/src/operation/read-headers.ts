import type { HeaderModel, JsonObject } from '../model.ts';
import { readSchema } from '../schema/read-schema.ts';
import { escapePointer } from '../source/pointer.ts';
import { isObject, member, type Reading, withKeptMembers } from '../source/reading.ts';
import { follow } from '../source/references.ts';

/**
 * Headers of a response, a notification or a part. Their shape stands in themselves (OpenAPI 2.0), under `schema`, or in the first
 * media type of `content` (OpenAPI 3).
 */
export function readHeaders(reading: Reading, parent: JsonObject, pointer: string): readonly HeaderModel[] {
  return Object.entries(reading.object(parent, 'headers', pointer)).map(([name, value]) => {
    const at = `${pointer}/headers/${escapePointer(name)}`;
    const header = isObject(value) ? follow(reading, value, at) : undefined;
    if (header === undefined) return { name, description: '', schema: { kind: 'any' } };
    const description = reading.string(header.value, 'description', header.pointer) ?? '';
    return { name, description, schema: readHeaderSchema(reading, withKeptMembers(header.value), header.pointer) };
  });
}

function readHeaderSchema(reading: Reading, header: JsonObject, pointer: string) {
  const schema = member(header, 'schema');
  if (schema !== undefined) return readSchema(reading, schema, `${pointer}/schema`);
  const [entry] = Object.entries(reading.object(header, 'content', pointer));
  if (entry === undefined) {
    const { description, ...shape } = header;
    return readSchema(reading, shape, pointer);
  }
  const [mediaType, content] = entry;
  const at = `${pointer}/content/${escapePointer(mediaType)}`;
  return readSchema(reading, isObject(content) ? member(content, 'schema') : undefined, `${at}/schema`);
}
