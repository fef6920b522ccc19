import type { JsonValue } from '@patchbay/expression';
import { textMember } from '../plan/json.ts';
import type { Dialect } from './dialect.ts';
import { operationsOf, typeOf, typesOfPowerAutomate, typesOfStandard } from './operations.ts';

/** The types of triggers and actions that another product has and this one does not, each with how often it is there. */
export function foreignTypes(definition: JsonValue, dialect: Dialect): readonly string[] {
  const counts = new Map<string, number>();
  for (const operation of operationsOf(definition)) {
    if (!isForeign(typeOf(operation), dialect)) continue;
    const type = textMember(operation, 'type') ?? '';
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...counts].map(([type, count]) => `${type} (${count})`).sort();
}

function isForeign(type: string, dialect: Dialect): boolean {
  const isOfStandard = dialect === 'standard' || dialect === 'standardStateless';
  return (
    (typesOfStandard.has(type) && !isOfStandard) ||
    (type.startsWith(typesOfPowerAutomate) && dialect !== 'powerAutomate')
  );
}
