import type { JsonObject, JsonValue } from '../../model.ts';
import { pointerNames } from '../../source/pointer.ts';
import type { ModernWriting } from './modern-writing.ts';
import { referTo31 } from './write-schema31.ts';

const start = '#/definitions/';

/** Extensions whose references to shared schemas of Swagger 2.0 lead to the components. */
export function writeExtensions31(writing: ModernWriting, extensions: JsonObject | undefined): JsonObject {
  return extensions === undefined ? {} : (relocate(writing, extensions) as JsonObject);
}

function relocate(writing: ModernWriting, value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => relocate(writing, item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([name, item]) => {
      if (name !== '$ref' || typeof item !== 'string' || !item.startsWith(start))
        return [name, relocate(writing, item)];
      const [schema = ''] = pointerNames(item.slice(start.length - 1));
      return [name, writing.model.schemas.has(schema) ? referTo31(writing, schema) : item];
    }),
  );
}
