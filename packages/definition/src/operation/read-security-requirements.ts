import type { JsonObject, SecurityRequirement } from '../model.ts';
import { isObject, member, type Reading } from '../source/reading.ts';

/** Security requirements of an operation or the root; undefined when none are stated, which is not the same as none. */
export function readSecurityRequirements(
  reading: Reading,
  parent: JsonObject,
  pointer: string,
): readonly SecurityRequirement[] | undefined {
  if (!Array.isArray(member(parent, 'security'))) return undefined;
  return reading
    .array(parent, 'security', pointer)
    .filter(isObject)
    .map(
      (requirement) =>
        new Map(
          Object.entries(requirement).map(([name, scopes]) => [
            name,
            Array.isArray(scopes) ? scopes.filter((scope): scope is string => typeof scope === 'string') : [],
          ]),
        ),
    );
}
