import { type JsonValue, parsePolicyPath, parseSubPath } from '@patchbay/definition';
import { changeProperties } from '../change-properties.ts';
import type { PolicyTemplate } from '../policy.ts';
import { textOf } from '../policy-scope.ts';
import { isObject, readAt, writeAt } from '../property-path.ts';

/** Makes of an array an object: a property of each element becomes the name of its member. */
export const convertArrayToObject: PolicyTemplate = {
  templateId: 'convertarraytoobject',
  compile: (values) => {
    const place = {
      parent: parsePolicyPath(values.get('propertyParentPath')),
      from: parseSubPath(values.get('propertySubPath')) ?? [],
      to: parsePolicyPath(values.get('newPropertyPath')),
    };
    const keyPath = parseSubPath(values.get('keyWithinCollectionPath')) ?? [];
    const retainsKey = values.text('retainKey', 'true').toLowerCase() !== 'false';
    const toMember = (element: JsonValue): readonly (readonly [string, JsonValue])[] => {
      const key = isObject(element) ? readAt(element, keyPath) : undefined;
      if (key === undefined || key === null) return [];
      return [[textOf(key), retainsKey ? element : writeAt(element, keyPath, undefined)]];
    };
    return {
      on: 'body',
      apply: (body) =>
        changeProperties(body, place, (value) =>
          Array.isArray(value)
            ? Object.fromEntries(value.flatMap((element: JsonValue) => toMember(element)))
            : undefined,
        ),
    };
  },
};
