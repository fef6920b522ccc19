import type { JsonObject, Visibility } from '../model.ts';
import { readVisibility } from '../schema/read-schema.ts';
import { extensionsOf, member, type Reading } from '../source/reading.ts';

/** What a form shows of a parameter or a body: its label (`x-ms-summary`), else its name, and its description. */
export function readLabels(
  reading: Reading,
  { value, pointer, name }: { readonly value: JsonObject; readonly pointer: string; readonly name: string },
): { readonly summary: string; readonly description: string; readonly visibility: Visibility } {
  return {
    summary: reading.string(value, 'x-ms-summary', pointer) ?? name,
    description: reading.string(value, 'description', pointer) ?? '',
    visibility: readVisibility(member(value, 'x-ms-visibility')),
  };
}

/** The extensions of a parameter or a body, but those that {@link readLabels} reads. A label that only repeats the name stays one. */
export function extensionsBesideLabels(
  { value, name }: { readonly value: JsonObject; readonly name: string },
  known: readonly string[] = [],
): JsonObject {
  const isRepeated = member(value, 'x-ms-summary') === name;
  return extensionsOf(value, new Set(['x-ms-visibility', ...(isRepeated ? [] : ['x-ms-summary']), ...known]));
}
