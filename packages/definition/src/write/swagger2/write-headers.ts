import type { HeaderModel, JsonObject } from '../../model.ts';
import { escapePointer } from '../../source/pointer.ts';
import { ownPrefix } from '../../source/reading.ts';
import { members, someText, type Writing } from '../writing.ts';
import { writeValue } from './write-value.ts';

/** Labels, extensions and the way a list is written of a header stand in itself. */
const holds = ['summary', 'visibility', 'extensions', 'collectionFormat'];

/** Writes headers by name; nothing when there are none. `pointer` is their holder's. */
export function writeHeaders(
  writing: Writing,
  headers: readonly HeaderModel[],
  pointer: string,
): JsonObject | undefined {
  if (headers.length === 0) return undefined;
  return Object.fromEntries(
    headers.map((header) => {
      const at = `${pointer}/headers/${escapePointer(header.name)}`;
      return [header.name, writeHeader(writing, header, at)];
    }),
  );
}

function writeHeader(writing: Writing, { name, description, schema }: HeaderModel, pointer: string): JsonObject {
  const place = { pointer, name, canBeFile: false, isArray: false, holds };
  const { stated, aside } = writeValue(writing, schema, place);
  return members({ ...stated, description: someText(description), [`${ownPrefix}schema`]: aside });
}
