import { inspectTemplate, type JsonValue, type ResultType } from '@patchbay/expression';
import { isArray } from '../plan/json.ts';

/** The type of what a value is once its expressions are evaluated, where that is known before. */
export function knownType(value: JsonValue): ResultType | undefined {
  if (typeof value === 'string') return inspectTemplate(value).result;
  if (value === null) return 'Null';
  if (isArray(value)) return 'Array';
  if (typeof value === 'object') return 'Object';
  return typeof value === 'number' ? 'Number' : 'Boolean';
}
