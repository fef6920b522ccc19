import type { JsonObject, SecurityRequirement } from '../model.ts';
import { isObject, keptMember, member, ownPrefix, type Reading } from '../source/reading.ts';

/** Security requirements of an operation or the root; undefined when none are stated, which is not the same as none. */
export function readSecurityRequirements(
  reading: Reading,
  parent: JsonObject,
  pointer: string,
): readonly SecurityRequirement[] | undefined {
  const name = keptMember(parent, 'security') === undefined ? 'security' : `${ownPrefix}security`;
  if (!Array.isArray(member(parent, name))) return undefined;
  return reading
    .array(parent, name, pointer)
    .filter(isObject)
    .map(
      (requirement) =>
        new Map(
          Object.entries(requirement).map(([scheme, scopes]) => [
            scheme,
            Array.isArray(scopes) ? scopes.filter((scope): scope is string => typeof scope === 'string') : [],
          ]),
        ),
    );
}
