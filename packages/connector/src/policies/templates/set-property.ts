import { type JsonValue, parsePolicyPath, parseSubPath } from '@patchbay/definition';
import type { PolicyTemplate } from '../policy.ts';
import { compileText, textOf } from '../policy-scope.ts';
import { isObject, readAt, writeAt } from '../property-path.ts';

/**
 * Sets a property of the body, or of each element of a collection in it. Text that comes out as a JSON array or object is one;
 * everything else is text, as the ecosystem does it.
 */
export const setProperty: PolicyTemplate = {
  templateId: 'setproperty',
  compile: (values) => {
    const parent = parsePolicyPath(values.get('newPropertyParentPathTemplate'));
    const path = parseSubPath(values.get('newPropertySubPathTemplate')) ?? [];
    const evaluate = compileText(values.text('propertyValuePathTemplate'));
    return {
      on: 'body',
      apply: (body, context) => {
        const holderPath = parent?.path ?? [];
        const holder = readAt(body, holderPath);
        const set = (element: JsonValue): JsonValue =>
          isObject(element) ? writeAt(element, path, toValue(evaluate({ context, body, item: element }))) : element;
        if (holder === undefined || holder === null) return body;
        const changed = Array.isArray(holder) ? holder.map((element: JsonValue) => set(element)) : set(holder);
        return writeAt(body, holderPath, changed);
      },
    };
  },
};

function toValue(text: string): JsonValue {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return asList(text);
  }
}

/** `[{@body().x}]` over a text, which JSON would want in quotes: a list of it. */
function asList(text: string): JsonValue {
  const inner = /^\s*\[(.*)\]\s*$/s.exec(text)?.[1];
  if (inner === undefined) return text;
  return inner.trim() === '' ? [] : [textOf(inner)];
}
