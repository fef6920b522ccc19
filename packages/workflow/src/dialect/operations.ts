import type { JsonValue } from '@patchbay/expression';
import { entriesOf, isObject, type JsonObject, member, textMember } from '../plan/json.ts';

/** Every trigger and action of a definition, nested ones as well; definitions may nest deeper than a stack. */
export function operationsOf(definition: JsonValue): readonly JsonObject[] {
  const found: JsonObject[] = [];
  const open = [member(definition, 'triggers'), member(definition, 'actions')];
  while (open.length > 0) {
    for (const [, operation] of entriesOf(open.pop())) {
      if (!isObject(operation)) continue;
      found.push(operation);
      const cases = entriesOf(member(operation, 'cases')).map(([, one]) => one);
      const holders = [operation, member(operation, 'else'), member(operation, 'default'), ...cases];
      for (const holder of holders) open.push(member(holder, 'actions'));
    }
  }
  return found;
}

/** The type of a trigger or action, in lower case. */
export function typeOf(operation: JsonObject): string {
  return (textMember(operation, 'type') ?? '').toLowerCase();
}

/** Types that only Standard has. */
export const typesOfStandard: ReadonlySet<string> = new Set([
  'serviceprovider',
  'invokefunction',
  'csharpscriptcode',
  'powershellcode',
]);

/** Types that only Power Automate has begin so. */
export const typesOfPowerAutomate = 'openapiconnection';
